"""Papers of the demo world, drawn here: a photographed certificate, and a PDF of one page."""

from __future__ import annotations

import unicodedata
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont


def certificate(title: str, number: int = 0) -> bytes:
    """A photo of a paper on a table; the first one is darker than one would like."""
    light = 60 if number == 0 else 100
    table = Image.new("RGB", (900, 1200), (96 * light // 100, 78 * light // 100, 60 * light // 100))
    page = Image.new("RGB", (700, 960), (250 * light // 100, 247 * light // 100, 238 * light // 100))
    ink = (40, 44, 52)
    draw = ImageDraw.Draw(page)
    draw.rectangle((30, 30, 670, 930), outline=ink, width=3)
    draw.text((350, 110), title[:44], fill=ink, font=ImageFont.load_default(26), anchor="mm")
    for line in range(14):
        width = 560 - (line * 67) % 190
        draw.rectangle((80, 210 + line * 38, 80 + width, 218 + line * 38), fill=(130, 132, 140))
    draw.ellipse((470, 760, 620, 910), outline=(150, 40, 50), width=6)
    table.paste(page.rotate(1.5, expand=True, fillcolor=table.getpixel((0, 0))), (95, 110))
    target = BytesIO()
    table.save(target, "JPEG", quality=78)
    return target.getvalue()


def paper(title: str) -> bytes:
    """A PDF of one page with its title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    plain = plain.replace("\\", "").replace("(", "").replace(")", "")
    stream = f"BT /F1 20 Tf 60 760 Td ({plain}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + end
