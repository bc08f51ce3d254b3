"""Routes of laboratory results and conclusions."""

from fastapi import APIRouter

router = APIRouter(prefix="/api")
