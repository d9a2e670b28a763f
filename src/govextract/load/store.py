"""Loading into any kind of database: one transaction, every document once, replaced where newer rules have read it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from govextract.errors import GovextractError
from govextract.load.tables import RUN, TABLES, VERSION, VIEWS, Table, columns_of, create, indexes, migration, quoted

if TYPE_CHECKING:
    from types import TracebackType

    from govextract.model import Extraction

BATCH = 4096  # records and documents that are held before they are sent
WAIT = 60.0  # seconds that a loader waits for another one


class LoadError(GovextractError):
    """A database cannot be loaded into. Says which, what is wrong, and what to do."""

    def __init__(self, url: str, problem: str, hint: str = "") -> None:
        super().__init__(f"{url}: {problem}" + (f" ({hint})" if hint else ""))


class Item(NamedTuple):
    """A report to load: its SHA-256, the version and rules that read it, and what they made of it, once it is asked."""

    document: str
    version: str
    rules: str
    extraction: Callable[[], Extraction]

    @property
    def run(self) -> str:
        """The key of the version and the rules."""
        return sha256(f"{self.version}|{self.rules}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: documents that are new, that were replaced, that stood there already; records written."""

    new: int
    replaced: int
    unchanged: int
    records: int


class Store(ABC):
    """An open database. `begin` waits for other loaders; leaving without `commit` leaves the database as it was."""

    types: ClassVar[dict[str, str]]
    error: type[Exception]  # what the driver raises
    mark = "?"
    comments = True  # whether tables and columns carry words
    parents = True  # whether tables are made with their foreign keys

    def __init__(self, url: str) -> None:
        self.url = url

    @abstractmethod
    def begin(self) -> None:
        """Open the transaction that everything is done in; no other loader is in one."""

    @abstractmethod
    def execute(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement of ours; the rows it gives."""

    @abstractmethod
    def insert(self, table: Table, columns: Sequence[Sequence[Any]]) -> None:
        """Put rows, which come as the cells of each of the table's columns, into a table, fast."""

    @abstractmethod
    def commit(self) -> None:
        """Make it last."""

    @abstractmethod
    def close(self) -> None:
        """Give the database back; what was not committed is undone."""

    @abstractmethod
    def tables(self) -> set[str]:
        """The names of the tables that there are."""

    def index(self) -> None:
        """Make the indexes of new tables, behind their rows: an index is made faster than it is kept up."""
        for statement in indexes():
            self.execute(statement)

    def finish(self) -> None:  # noqa: B027 - most have nothing to do
        """What is done behind the schema's first making: search."""

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def told(self, hint: str = "") -> Iterator[None]:
        """What the driver objects to, in one line."""
        try:
            yield
        except self.error as error:
            raise LoadError(self.url, str(error).strip().split("\n", maxsplit=1)[0], hint) from None

    def comment(self) -> None:
        """Put the words about every table and column into the database, where it has a place for them."""
        for table in TABLES if self.comments else ():
            self.execute(f"COMMENT ON TABLE {table.name} IS {quoted(table.about)}")
            for column in table.columns:
                self.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS {quoted(column.about)}")

    def sql(self, statement: str) -> str:
        """A statement with this database's marks for values."""
        return statement.replace("?", self.mark)


def load(store: Store, items: Iterable[Item]) -> Loaded:
    """Put *items* into *store*, all or none; what the same run has loaded is left alone."""
    store.begin()
    made = prepare(store)
    known = dict(store.execute("SELECT document, run FROM document"))
    runs = {run for (run,) in store.execute("SELECT run FROM run")}
    new = replaced = unchanged = records = held = 0
    waiting: list[tuple[str, Extraction]] = []
    for item in items:
        key, run = item.document, item.run
        before = known.get(key)
        if before == run:
            unchanged += 1
            continue
        if before is None:
            new += 1
        else:
            replaced += 1
            for table in ("issue", "comparison", "record", "document"):
                store.execute(store.sql(f"DELETE FROM {table} WHERE document = ?"), (key,))
        if run not in runs:
            store.insert(RUN, [[run], [item.version], [item.rules]])
            runs.add(run)
        known[key] = run
        waiting.append((run, item.extraction()))
        found = len(waiting[-1][1].records)
        records, held = records + found, held + found + 1
        if held >= BATCH:
            _send(store, waiting)
            held = 0
    _send(store, waiting)
    if made:
        store.index()
    store.commit()
    return Loaded(new, replaced, unchanged, records)


def _send(store: Store, waiting: list[tuple[str, Extraction]]) -> None:
    if waiting:
        for table, columns in columns_of(waiting):
            store.insert(table, columns)
        waiting.clear()


def prepare(store: Store) -> bool:
    """Make the schema where there is none, and lead an older one forward; LoadError where it is another's or newer.
    Gives whether it was made: its indexes are not.
    """
    found = store.tables()
    if "govextract_schema" not in found:
        foreign = sorted(found & {table.name for table in TABLES})
        if foreign:
            hint = "name another database, or rename the table"
            raise LoadError(store.url, f"holds a table {foreign[0]} that is not govextract's", hint)
        store.execute("CREATE TABLE govextract_schema (version INTEGER NOT NULL)")
        store.execute(store.sql("INSERT INTO govextract_schema VALUES (?)"), (VERSION,))
        for table in TABLES:
            store.execute(create(table, store.types, parents=store.parents))
        for name, query in VIEWS.items():
            store.execute(f"CREATE VIEW {name} AS {query}")
        store.finish()
        store.comment()
        return True
    version = refuse_newer(store)
    for step in range(version + 1, VERSION + 1):
        for statement in migration(step, store.types):
            store.execute(statement)
    if version < VERSION:
        store.comment()
        store.execute(store.sql("UPDATE govextract_schema SET version = ?"), (VERSION,))
    return False


def refuse_newer(store: Store) -> int:
    """The schema version of a database; LoadError where it is newer than this program."""
    ((version,),) = store.execute("SELECT version FROM govextract_schema")
    if version > VERSION:
        problem = f"has schema version {version}, this govextract knows {VERSION}"
        raise LoadError(store.url, problem, "use a newer govextract")
    return int(version)
