"""Routes of sampling: selection, plans, labels, custody."""

from fastapi import APIRouter

router = APIRouter(prefix="/api")
