"""The office's answer to field checks: review, parallel checks, proposals."""

from fastapi import APIRouter

router = APIRouter(prefix="/api/field-checks")
