"""What a release publishes of whom, and by whose consent: to be read before it is published."""

from generator.privacy.report import Disclosure, Office, Other, Person, Report, report

__all__ = ["Disclosure", "Office", "Other", "Person", "Report", "report"]
