"""The publication forms, one a module. Siblings never import each other."""

from generator.editions import website
from generator.editions.edition import Edition

EDITIONS: dict[str, Edition] = {
    "website": website.plan,
}
