"""The description of the API, OpenAPI 3.1, with the models of the output as its schemas."""

from __future__ import annotations

from functools import cache
from typing import Any, get_args

from govextract import __version__
from govextract.model import Measure

Json = dict[str, Any]
REF = "#/components/schemas/"
MEASURES = list(get_args(Measure))
NULLABLE: Json = {"type": ["string", "null"]}
COUNT: Json = {"type": "integer", "minimum": 0}
ID: Json = {
    "name": "id",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "minLength": 1},
    "description": "As GET /documents lists it: the output's path without .json, / written ~1 and ~ written ~0.",
}


@cache
def description() -> Json:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "govextract",
            "version": __version__,
            "description": "Records out of the prose of Chinese government reports.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/health": {"get": _operation("health", "That the server is there", _ref("Health"))},
            "/parse": {"post": _parse()},
            "/documents": {"get": _operation("documents", "What the folder holds", _ref("Documents"))},
            "/documents/{id}": {"get": _of_one("document", "One document, as parse wrote it", _ref("Extraction"))},
            "/documents/{id}/records": {"get": _of_one("document_records", "One document's records", _list("Record"))},
            "/documents/{id}/decisions": {"get": _get_decisions(), "put": _put_decisions()},
            "/records": {"get": _records()},
        },
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _operation(name: str, summary: str, schema: Json, errors: dict[int, str] | None = None, **more: Any) -> Json:
    told = {401: "the token is missing or wrong", 403: "not from here", **(errors or {})}
    responses: Json = {"200": {"description": summary, "content": _content(schema)}}
    for status, why in sorted(told.items()):
        responses[str(status)] = {"description": why, "content": _content(_ref("Error"))}
    return {"operationId": name, "summary": summary, "responses": responses, **more}


def _of_one(name: str, summary: str, schema: Json) -> Json:
    return _operation(name, summary, schema, {404: "no such document"}, parameters=[ID])


def _parse() -> Json:
    texts = {"region": NULLABLE, "date": NULLABLE, "period": NULLABLE}
    text = {
        "type": "object",
        "properties": {"text": {"type": "string"}, **texts},
        "required": ["text"],
        "additionalProperties": False,
    }
    form = {
        "type": "object",
        "properties": {
            "file": {"type": "string", "contentMediaType": "application/octet-stream"},
            **{name: {"type": "string"} for name in texts},
        },
        "required": ["file"],
    }
    errors = {
        400: "no report, or region, date or period are not understood",
        408: "the body does not come",
        413: "the body is too large",
        415: "neither JSON nor a form",
        422: "parsing took too long",
        429: "too many are waiting",
    }
    body = {
        "required": True,
        "content": {"application/json": {"schema": text}, "multipart/form-data": {"schema": form}},
    }
    return _operation("parse", "The records of a text or a file", _ref("Extraction"), errors, requestBody=body)


def _records() -> Json:
    def query(name: str, told: str, schema: Json) -> Json:
        return {"name": name, "in": "query", "description": told, "schema": schema}

    parameters = [
        query("indicator", "An id, a name or alias of the catalogue, or part of a name", {"type": "string"}),
        query("region", "Part of a place's name, or its code", {"type": "string"}),
        query("measure", "Only this measure", {"type": "string", "enum": MEASURES}),
        query("q", "Words, apart by blanks, that all stand in the sentence or the indicator", {"type": "string"}),
        query("limit", "How many at most", {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}),
        query("offset", "How many are left out first", {"type": "integer", "minimum": 0, "default": 0}),
    ]
    errors = {400: "limit or offset is no such number"}
    return _operation("records", "Records across documents", _ref("Found"), errors, parameters=parameters)


def _get_decisions() -> Json:
    made = _of_one("decisions", "A document's decisions, one a line", {})
    made["responses"]["200"] |= {
        "content": {"application/jsonl": {"schema": {"type": "string"}}},
        "headers": {"ETag": {"schema": {"type": "string"}}},
    }
    return made


def _put_decisions() -> Json:
    errors = {
        400: "a line is no decision about this document",
        404: "no such document",
        408: "the body does not come",
        412: "they have changed since they were read",
        413: "the body is too large",
    }
    match = {"name": "If-Match", "in": "header", "description": "The ETag that GET gave", "schema": {"type": "string"}}
    body = {"required": True, "content": {"application/jsonl": {"schema": {"type": "string"}}}}
    saved = {"type": "object", "properties": {"decisions": COUNT}, "required": ["decisions"]}
    return _operation(
        "put_decisions", "Keep a document's decisions", saved, errors, parameters=[ID, match], requestBody=body
    )


def _schemas() -> Json:
    from govextract.model import Extraction

    whole = Extraction.model_json_schema(mode="serialization", ref_template=REF + "{model}")
    schemas: Json = whole.pop("$defs")
    document = _object(
        id={"type": "string"}, name={"type": "string"}, title=NULLABLE, region=NULLABLE, region_code=NULLABLE,
        date=NULLABLE, sha256={"type": "string"}, records=COUNT, doubtful=COUNT, issues=COUNT, unexplained=COUNT,
        decisions=COUNT,
    )  # fmt: skip
    hit = schemas["Record"] | {"properties": {"document": {"type": "string"}, **schemas["Record"]["properties"]}}
    unreadable = _object(id={"type": "string"}, error={"type": "string"})
    return schemas | {
        "Extraction": whole,
        "Listed": document,
        "Documents": _object(
            documents={"type": "array", "items": _ref("Listed")}, unreadable={"type": "array", "items": unreadable}
        ),
        "Hit": hit,
        "Found": _object(total=COUNT, limit=COUNT, offset=COUNT, records={"type": "array", "items": _ref("Hit")}),
        "Health": _object(status={"const": "ok"}, version={"type": "string"}),
        "Error": _object(error={"type": "string", "minLength": 1}),
    }


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(model: str) -> Json:
    return _object(records={"type": "array", "items": _ref(model)})


def _ref(name: str) -> Json:
    return {"$ref": REF + name}


def _content(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}
