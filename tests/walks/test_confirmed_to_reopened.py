"""One site's life over HTTP: confirmed, cleared, closed out, looked back at, reopened.

Each gate is tried without its evidence first, and refused with what is missing.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from gis.domain.project_errors import EvidenceMissing
from gis.domain.remediation import Plan
from gis.domain.terms import AttachmentKind, FootprintState, ProjectStage, ProjectVariant
from gis.ledger import Book
from gis.ledger.close_out_facts import pictures_of
from gis.ledger.project_tasks import TaskAsked, put_task
from gis.ledger.projects import ProjectAsked, open_project
from gis.ledger.stages import StepAsked, advance_project
from gis.store import log, sites
from gis.store.engine import make_engine
from gis.store.register import day_of
from tests.api.known import WRITE
from tests.makers import a_candidate, a_district, open_book, Clock
