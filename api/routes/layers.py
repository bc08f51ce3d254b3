"""Routes of reference layers."""

from fastapi import APIRouter

router = APIRouter(prefix="/api")
