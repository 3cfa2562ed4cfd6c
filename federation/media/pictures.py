"""Pictures: decoded and written anew, so that nothing but their pixels is left."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from federation.options import option


@dataclass(frozen=True)
class Format:
    """How one format is written."""

    pillow: str
    extension: str
    options: dict[str, Any]


FORMATS = {
    "jpeg": Format("JPEG", "jpg", {"quality": 92, "subsampling": "4:2:0", "optimize": True}),
    "png": Format("PNG", "png", {"optimize": False}),
    "webp": Format("WEBP", "webp", {"quality": 92}),
    "gif": Format("GIF", "gif", {}),
}


def cleaned(content: bytes, kind: str) -> bytes:
    """The picture's pixels, upright, in its own format, in sRGB; of an animation every frame and its timing."""
    form = FORMATS[kind]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(BytesIO(content), formats=[form.pillow])
            _refuse_too_many_pixels(picture)
            return _written_anew(picture, form)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise ValidationError(
                _("This picture is damaged. Open it, save it again and upload the new file."), code="damaged"
            ) from error


def _refuse_too_many_pixels(picture: Image.Image) -> None:
    """Asked of the header, before anything is decoded: a small file can claim to be a wall."""
    limit = option("MAX_PIXELS")
    if picture.width * picture.height * getattr(picture, "n_frames", 1) > limit:
        raise ValidationError(
            _("This picture has more than %(limit)d million pixels. Make it smaller and upload it again."),
            params={"limit": limit // 1_000_000},
            code="pixels",
        )


def _written_anew(picture: Image.Image, form: Format) -> bytes:
    frames = [_bare(frame) for frame in ImageSequence.Iterator(picture)] if form.pillow in {"GIF", "WEBP"} else []
    target = BytesIO()
    if len(frames) > 1:
        timing = {"duration": _durations(picture), "loop": picture.info.get("loop", 0), "disposal": 2}
        if form.pillow == "WEBP":
            timing.pop("disposal")
        frames[0].save(target, form.pillow, save_all=True, append_images=frames[1:], **timing, **form.options)
    else:
        _bare(ImageOps.exif_transpose(picture)).save(target, form.pillow, **form.options)
    return target.getvalue()


def _durations(picture: Image.Image) -> list[int]:
    return [int(frame.info.get("duration", 100)) or 100 for frame in ImageSequence.Iterator(picture)]


def _bare(picture: Image.Image) -> Image.Image:
    """A new picture of the same pixels: no EXIF, XMP, IPTC, comment, profile or text travels along."""
    if picture.mode not in {"RGB", "RGBA", "L", "P"}:
        picture = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    bare = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        bare.putpalette(picture.getpalette() or [])
        if "transparency" in picture.info:
            bare.info["transparency"] = picture.info["transparency"]
    bare.paste(picture)
    return bare
