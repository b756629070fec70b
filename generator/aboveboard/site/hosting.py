"""What a host needs of a built site: headers as files, copies that are already compressed, and
nothing of the engine's that no page asks for."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .config import POLICY

UNUSED: Final = ("assets/javascripts", "assets/stylesheets", "assets/images")
TEXT: Final = frozenset((".html", ".css", ".js", ".json", ".jsonld", ".svg", ".txt", ".xml"))
SMALLEST: Final = 1000  # below, a compressed copy saves no packet
HASHED: Final = re.compile(r"\.[0-9a-f]{8}\.[a-z]+\Z")  # an address that changes with the content
HEADERS: Final = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "public, max-age=0, must-revalidate"


def settle(site: Path, *, compress: bool = False) -> None:
    """Makes a fresh site ready for any host; `compress` adds a .gz and a .br beside each text."""
    for folder in UNUSED:
        shutil.rmtree(site / folder, ignore_errors=True)
    _drop_empty_sitemap(site)
    (site / "_headers").write_text(netlify(site), "utf-8")
    (site / ".htaccess").write_text(apache(), "utf-8")
    if compress:
        squeeze(site)


def squeeze(site: Path) -> None:
    """Adds a .gz and a .br beside each text."""
    for file in list(_texts(site)):
        _compress(file)


def _drop_empty_sitemap(site: Path) -> None:
    """Takes away a list of no page: a site that does not know its address, or is a draft."""
    listed = site / "sitemap.xml"
    if listed.is_file() and "<loc>" not in listed.read_text("utf-8"):
        listed.unlink()
        (site / "sitemap.xml.gz").unlink(missing_ok=True)


def netlify(site: Path) -> str:
    """`_headers`, which Netlify and Cloudflare Pages read: each pattern with its headers."""
    hashed = sorted(f.name for f in (site / "assets").glob("*") if HASHED.search(f.name))
    rules = {"/*": {**HEADERS, "Cache-Control": ASK_AGAIN}}
    lasting = {"! Cache-Control": "", "Cache-Control": FOR_EVER}  # in place of what `/*` sets
    rules |= {f"/assets/{name}": lasting for name in hashed}
    return "".join(
        f"{pattern}\n{''.join(f'  {_line(*header)}' for header in headers.items())}"
        for pattern, headers in rules.items()
    )


def _line(name: str, value: str) -> str:
    return f"{name}: {value}\n" if value else f"{name}\n"


def apache() -> str:
    """`.htaccess`: the same headers, and the compressed copies to whoever takes them."""
    headers = "\n".join(f'  Header always set {name} "{value}"' for name, value in HEADERS.items())
    kinds = "|".join(sorted(ending[1:] for ending in TEXT))
    return f"""\
<IfModule mod_headers.c>
{headers}
  Header set Cache-Control "{ASK_AGAIN}"
  <FilesMatch "\\.[0-9a-f]{{8}}\\.[a-z]+$">
    Header set Cache-Control "{FOR_EVER}"
  </FilesMatch>
</IfModule>
<IfModule mod_rewrite.c>
  RewriteEngine On
  RewriteCond %{{HTTP:Accept-Encoding}} br
  RewriteCond %{{REQUEST_FILENAME}}.br -f
  RewriteRule ^(.+)\\.({kinds})$ $1.$2.br [L,E=no-gzip:1]
  RewriteCond %{{HTTP:Accept-Encoding}} gzip
  RewriteCond %{{REQUEST_FILENAME}}.gz -f
  RewriteRule ^(.+)\\.({kinds})$ $1.$2.gz [L,E=no-gzip:1]
</IfModule>
<IfModule mod_mime.c>
  AddType application/ld+json .jsonld
  <FilesMatch "\\.({kinds})\\.br$">
    RemoveLanguage .br
    AddEncoding br .br
  </FilesMatch>
  <FilesMatch "\\.({kinds})\\.gz$">
    RemoveType .gz
    AddEncoding gzip .gz
  </FilesMatch>
</IfModule>
ErrorDocument 404 /404.html
"""


def _texts(site: Path) -> Iterator[Path]:
    for file in sorted(site.rglob("*")):
        if file.suffix in TEXT and file.is_file() and file.stat().st_size >= SMALLEST:
            yield file


def _compress(file: Path) -> None:
    """Writes `file.gz` and `file.br`, the same bytes for the same content."""
    import brotli

    raw = file.read_bytes()
    file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(raw, 9, mtime=0))
    file.with_name(f"{file.name}.br").write_bytes(brotli.compress(raw, quality=11))
