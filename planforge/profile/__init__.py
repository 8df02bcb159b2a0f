"""The profile as people write it: its model, its reading, its checks, its blank form."""

from planforge.profile.model import Profile
from planforge.profile.read import Reading, read_profile, read_profile_text

__all__ = ["Profile", "Reading", "read_profile", "read_profile_text"]
