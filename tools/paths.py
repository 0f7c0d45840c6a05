"""The folders that the tools use."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
ADDON = "it_kpi_assessment"
DEMO = "it_kpi_assessment_demo"
RUN = ROOT / ".run"
OUT = ROOT / "out"
DOCS = ROOT / "docs"


def _user_cache():
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


# Tests run with a home folder of their own, and are given the cache's place.
CACHE = Path(os.environ.get("IT_KPI_CACHE") or _user_cache() / "it-kpi-assessment").absolute()
