"""The log of all acts: searched, exported."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/audit")
