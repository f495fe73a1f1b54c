"""The articles that meetings rest on."""

from __future__ import annotations

ORGANISING = "会议管理制度第2条"
MATERIALS = "会议管理制度第3条"
MINUTES = "会议管理制度第4条"
SERVICE = "会议管理制度第5条"
SECRECY = "保密制度第2条"
