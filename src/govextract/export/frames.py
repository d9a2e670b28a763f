"""Data frames to files by their ending: CSV, Parquet, Excel, Stata with labels."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from govextract.errors import GovextractError
from govextract.export.files import encoded, write_whole

if TYPE_CHECKING:
    import pandas as pd

ENDINGS = (".csv", ".parquet", ".feather", ".xlsx", ".dta")
LONGEST_NAME, LONGEST_LABEL = 32, 80  # what Stata takes


def write_frame(frame: pd.DataFrame, path: Path, labels: Mapping[str, str] | None = None) -> Path:
    """Write *frame* to *path* in the format of its ending; *labels* say in Stata what a column is."""
    stream = io.BytesIO()
    ending = path.suffix.lower()
    if ending == ".csv":
        return write_whole(path, encoded("\ufeff" + frame.to_csv(index=False, lineterminator="\r\n")))
    if ending == ".parquet":
        frame.to_parquet(stream, index=False)
    elif ending == ".feather":
        frame.reset_index(drop=True).to_feather(stream)
    elif ending == ".xlsx":
        safe = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
        frame.to_excel(stream, index=False, engine="xlsxwriter", engine_kwargs=safe)
    elif ending == ".dta":
        _stata(frame, stream, labels or {})
    else:
        raise GovextractError(f"{path}: unknown ending {ending!r}; choose one of: {', '.join(ENDINGS)}")
    return write_whole(path, stream.getvalue())


def _stata(frame: pd.DataFrame, stream: io.BytesIO, labels: Mapping[str, str]) -> None:
    """Stata's names are short and plain: a long one is cut, and its label says the whole."""
    names: dict[str, str] = {}
    for column in frame.columns:
        short, number = column[:LONGEST_NAME], 1
        while short in names.values():
            number += 1
            short = f"{column[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        names[column] = short
    told = {names[column]: labels.get(column, column)[:LONGEST_LABEL] for column in frame.columns}
    out = frame.rename(columns=names)
    for column in out.columns:
        if out[column].dtype == object or str(out[column].dtype) in ("str", "string"):
            out[column] = out[column].astype(object).where(out[column].notna(), "")
    out.to_stata(stream, write_index=False, version=118, variable_labels=told)
