"""The storeys of the house, read from the import contract: there they are written once."""

import tomllib
from pathlib import Path

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).resolve().parents[2]
GROUND = -1


def layers() -> list[str]:
    """Packages from the ground up, as pyproject.toml's contract "storeys" lists them."""
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    contracts = {contract["id"]: contract for contract in tool["importlinter"]["contracts"]}
    return list(reversed(contracts["storeys"]["layers"]))


def storey_of(model: type[Model]) -> int:
    """How high a model lives; what is installed from elsewhere is the ground that all stand on."""
    name = apps.get_app_config(model._meta.app_label).name
    return layers().index(name) if name in layers() else GROUND


def our_models() -> list[type[Model]]:
    """Every model of the house, those that Django makes for relations included."""
    return [model for model in apps.get_models(include_auto_created=True) if storey_of(model) != GROUND]


def named(model: type[Model]) -> str:
    """A model in a failure's words."""
    return model._meta.label
