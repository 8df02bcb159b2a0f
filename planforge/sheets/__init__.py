"""Workbooks read and written safely: no macros, no entities, no links, limits on everything that is unpacked.

Rosters and the form as a workbook both stand on this room; it knows neither.
"""
