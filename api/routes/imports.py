"""Routes of lists that come in from files."""

from fastapi import APIRouter

router = APIRouter(prefix="/api")
