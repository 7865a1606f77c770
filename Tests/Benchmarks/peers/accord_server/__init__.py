"""The peer that keeps dossiers of field agents: AccordSync (FastAPI on uvicorn) with PostgreSQL."""

PEER = "accordsync"
