"""The charter: the policy and the rules in force, for people to read. Made from the very rules that check a draft.

It knows neither store nor web: the companion's page and `sayso charter` show the same value.
"""

from server.charter.build import VERSION_LENGTH, Charter, Clause, LabelRow, Part, build, good, labels_to_begin_with, new_rules

__all__ = ["VERSION_LENGTH", "Charter", "Clause", "LabelRow", "Part", "build", "good", "labels_to_begin_with", "new_rules"]
