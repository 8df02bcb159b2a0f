"""Documents, looks and writers, singly."""

from planforge.core import resources as resources
from planforge.core.problems import InputError as InputError
from planforge.core.processes import cores as cores
from planforge.core.resources import templates_root as templates_root
from planforge.document import tree
from planforge.document.look import Look as Look
from planforge.document.look import find_look as find_look
from planforge.document.numbering import labels as labels
from planforge.document.tree import Attachment as Attachment
from planforge.document.tree import Blank as Blank
from planforge.document.tree import Block as Block
from planforge.document.tree import Closing as Closing
from planforge.document.tree import Document as Document
from planforge.document.tree import Field as Field
from planforge.document.tree import Heading as Heading
from planforge.document.tree import Labelled as Labelled
from planforge.document.tree import NumberedList as NumberedList
from planforge.document.tree import Paragraph as Paragraph
from planforge.document.tree import Signatures as Signatures
from planforge.document.tree import Slip as Slip
from planforge.document.tree import Table as Table
from planforge.document.tree import Text as Text
from planforge.document.tree import Title as Title
from planforge.document.tree import inlines_of as inlines_of
from planforge.writers import html as html
from planforge.writers import pdf as pdf
from planforge.writers.fonts import choose as choose
from planforge.writers.pdf.fitting import fitted_or_tightest as fitted_or_tightest

inline_text = tree.plain
