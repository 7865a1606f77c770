"""The peer's server as its own documents set it up: schema, access by scope, signed tokens."""

import os
import time

import jwt
from accordsync_core import counter, define_schema, lww, set_
from accordsync_fastapi import accord_router
from accordsync_server import Access, Auth, define_server
from fastapi import FastAPI

from bench.figures import FIELDS

SECRET = "a-secret-for-loopback-measurement-only"
BACKLOG_ZONE = "backlog"
URL_VARIABLE = "ACCORD_DATABASE_URL"


def schema():
    return define_schema(
        {
            "dossier": {"zone": lww(), "client_name": lww(), "visits": counter(), "documents": set_()},
            "case": {f"field{number}": lww() for number in range(FIELDS)},
        }
    )


def make_app():
    def access(claims):
        keys = [f"zone:{zone}" for zone in claims["zones"]]
        return Access(read=keys, write=keys)

    def dossier_scope(record):
        return [f"zone:{record.fields['zone']}"] if "zone" in record.fields else []

    definition = define_server(
        schema=schema(),
        access=access,
        auth=Auth.hs256(SECRET),
        rate_limit=False,
        scopes={"dossier": dossier_scope, "case": lambda record: [f"zone:{BACKLOG_ZONE}"]},
    )
    app = FastAPI()
    app.include_router(
        accord_router(definition, database_url=os.environ[URL_VARIABLE], schedule_compaction=False)
    )
    return app


def token(subject, zone):
    return jwt.encode(
        {"sub": subject, "zones": [zone], "exp": int(time.time()) + 3600}, SECRET, algorithm="HS256"
    )
