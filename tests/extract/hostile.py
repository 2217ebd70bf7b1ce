"""Every class of hostile file that we know how to make, by name. Small, seeded, and all of our own writing."""

from collections.abc import Callable, Iterator, Mapping
from random import Random

from tests.extract import hostile_files, hostile_fonts, hostile_streams, hostile_structure
from tests.extract.hostile_making import Hostile

CLASSES: Mapping[str, Callable[[Random], Iterator[Hostile]]] = {
    make.__name__.replace("_", " "): make
    for make in (
        hostile_files.no_files, hostile_files.cut_files, hostile_files.locked_files, hostile_files.joined_files,
        hostile_files.versions, hostile_structure.malformed_tables, hostile_structure.tables_in_streams,
        hostile_structure.table_loops, hostile_structure.page_tree_loops, hostile_structure.counts_that_lie,
        hostile_structure.pages_of_odd_build, hostile_structure.odd_objects, hostile_structure.active_content,
        hostile_structure.form_loops, hostile_structure.deep_nesting, hostile_structure.deep_trees,
        hostile_structure.too_many, hostile_streams.flate_bombs, hostile_streams.bombs_in_filters,
        hostile_streams.predictors, hostile_streams.unknown_filters, hostile_streams.pictures,
        hostile_streams.many_pictures, hostile_fonts.broken_programs, hostile_fonts.type3_loops,
        hostile_fonts.endless_widths, hostile_fonts.endless_maps, hostile_fonts.font_loops,
    )
}  # fmt: skip
