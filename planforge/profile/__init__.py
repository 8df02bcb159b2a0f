"""The profile as people write it: its model, its reading, its checks, its blank form."""

from planforge.profile.ask import Prompter, ask
from planforge.profile.form import blank_form
from planforge.profile.model import Profile
from planforge.profile.profile_reader import ReadProfile, read_profile, read_profile_text
from planforge.profile.schema import json_schema

__all__ = [
    "Profile",
    "Prompter",
    "ReadProfile",
    "ask",
    "blank_form",
    "json_schema",
    "read_profile",
    "read_profile_text",
]
