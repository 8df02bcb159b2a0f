"""Where a rule holds, if not everywhere."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, model_validator


class RuleArea(BaseModel):
    """Where a rule holds: what is left empty is no condition."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    province: str = ""
    city: str = ""
    district: str = ""

    @model_validator(mode="after")
    def _says_where(self) -> RuleArea:
        if not (self.province or self.city or self.district):
            raise ValueError("要写明省、市或区县")
        return self

    def covers(self, province: str, city: str, district: str) -> bool:
        """Whether a school there is concerned; 浙江 and 浙江省 are one province."""
        return (
            _same_place(self.province, province)
            and _same_place(self.city, city)
            and _same_place(self.district, district)
        )

    @property
    def shown(self) -> str:
        """As people read it: 浙江省宁波市."""
        return f"{self.province}{self.city}{self.district}"


def _same_place(wanted: str, given: str) -> bool:
    if not wanted or wanted == given:
        return True
    shorter, longer = sorted((wanted, given), key=len)
    return len(shorter) >= 2 and longer.startswith(shorter) and longer[len(shorter) :] in _RANKS


_RANKS = frozenset(
    {
        "省",
        "市",
        "区",
        "县",
        "州",
        "自治区",
        "自治州",
        "壮族自治区",
        "回族自治区",
        "维吾尔自治区",
        "特别行政区",
    }
)
