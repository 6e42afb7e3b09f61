"""Plain text out of HTML, and trees of HTML and XML that load nothing and expand nothing."""

import re

from lxml import etree, html

from bilateral.intake.readings import Drift

BLOCKS = frozenset(
    {
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "br",
            "dd",
            "div",
            "dl",
            "dt",
            "figcaption",
            "footer",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
        ),
        *("h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"),
    }
)
"""Elements that begin a line of their own."""
DROPPED = ("script", "style", "nav", "noscript", "template", "iframe", "form", "button", "svg")
"""Parts of a page that are no text of its document."""


def tree(body: bytes | str, encoding: str | None = None) -> html.HtmlElement:
    """The tree of an HTML page. Raises Drift where there is none."""
    content = body.decode(encoding, "replace") if isinstance(body, bytes) and encoding else body
    content = content.replace("\0", "") if isinstance(content, str) else content.replace(b"\0", b"")
    try:
        return html.document_fromstring(content, parser=html.HTMLParser(no_network=True, remove_comments=True, huge_tree=True))
    except (etree.ParserError, ValueError) as error:
        raise Drift(f"a page of HTML was expected ({error})") from None


def xml(body: bytes) -> etree._Element:
    """The root of an XML document. Raises Drift where it is not whole, or declares entities."""
    refuse_entities(body)
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise Drift(f"XML was expected ({error})") from None


def refuse_entities(body: bytes) -> None:
    """Raises Drift for a document that declares entities before its root: a few lines of them may unfold to gigabytes."""
    head = body.replace(b"\0", b"")[:100_000]
    root = re.search(rb"<[A-Za-z]", head)
    if b"<!ENTITY" in head[: root.start() if root else len(head)]:
        raise Drift("the document declares entities, which no source needs; it is not read")


def plain(markup: str) -> str:
    """The text of a piece of HTML: one line for each paragraph, without menus, scripts and repeated blanks."""
    if not markup.strip():
        return ""
    return text_of(tree(f"<div>{markup}</div>"))


def text_of(element: html.HtmlElement) -> str:
    """The text below an element, as `plain` gives it."""
    pieces: list[str] = []
    _gather(element, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _gather(element: html.HtmlElement, pieces: list[str]) -> None:
    stack: list[tuple[html.HtmlElement, bool]] = [(element, False)]
    while stack:  # pages may be nested deeper than Python calls functions
        node, is_left = stack.pop()
        is_block = node.tag in BLOCKS
        if is_left:
            pieces.append("\n" if is_block else "")
            pieces.append(_on_one_line(node.tail) if node is not element else "")
            continue
        is_kept = isinstance(node.tag, str) and node.tag not in DROPPED
        pieces.append("\n" if is_block else "")
        pieces.append(_on_one_line(node.text) if is_kept else "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node)) if is_kept else None


def _on_one_line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")
