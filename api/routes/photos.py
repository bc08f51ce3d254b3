"""Photographs of field checks: sent in pieces, judged, shown."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/photos")
