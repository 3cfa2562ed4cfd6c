"""Pictures: decoded and written anew, so that nothing but their pixels is left."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, ImageSequence

from federation.options import option

from .headers import size_of

# An animation of a million tiny pictures fits in a small file.
MAX_FRAMES = 1000


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


def cleaned(content: bytes, kind: str, *, upright: bool = True) -> bytes:
    """The picture's pixels, in its own format, in sRGB; of a GIF or WebP animation every frame and its timing.

    Turned as the camera was held, unless it stands in a text that has turned it already. ValidationError, a sentence,
    for what is too large, damaged, or an animated PNG.
    """
    refuse_too_many_pixels(*size_of(content, kind))
    form = FORMATS[kind]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(content), formats=[form.pillow]) as picture:
                refuse_too_many_pixels(*picture.size)
                return _written_anew(picture, form, upright)
        except ValidationError:
            raise
        # Pillow 13 answers broken files with OSError, but also SyntaxError, struct.error, TypeError, KeyError ...
        except Exception as error:
            raise damaged() from error


def damaged() -> ValidationError:
    """What to say of a picture that cannot be read to its end."""
    return ValidationError(
        _("This picture is damaged. Open it, save it again and upload the new file."), code="damaged"
    )


def refuse_too_many_pixels(width: int, height: int, frames: int = 1) -> None:
    """Asked of the header, before anything is decoded: a small file can claim to be a wall."""
    limit = option("MAX_PIXELS")
    if frames > MAX_FRAMES:
        raise ValidationError(
            _("This animation has more than %(limit)d pictures. Make it shorter and upload it again."),
            params={"limit": MAX_FRAMES},
            code="frames",
        )
    if width * height * frames > limit:
        raise ValidationError(
            _("This picture has more than %(limit)d million pixels. Make it smaller and upload it again."),
            params={"limit": limit // 1_000_000},
            code="pixels",
        )


def _written_anew(picture: Image.Image, form: Format, upright: bool) -> bytes:
    if form.pillow == "PNG" and getattr(picture, "is_animated", False):
        raise ValidationError(
            _("This PNG is animated. Save it as GIF or WebP, or as one still picture, and upload it again."),
            code="animated",
        )
    target = BytesIO()
    if form.pillow in {"GIF", "WEBP"} and getattr(picture, "is_animated", False):
        _write_animation(picture, form, target)
    else:
        turned = ImageOps.exif_transpose(picture) if upright else picture
        _bare(_in_srgb(turned)).save(target, form.pillow, **form.options)
    return target.getvalue()


def _write_animation(picture: Image.Image, form: Format, target: BytesIO) -> None:
    """Every frame as it is seen, with how long it is seen; how often all is repeated."""
    frames, durations = [], []
    for frame in _frames(picture):
        frames.append(_bare(_in_srgb(frame.convert("RGBA"), picture.info.get("icc_profile"))))
        durations.append(int(frame.info.get("duration", 100)))
    timing: dict[str, Any] = {"duration": durations}
    if "loop" in picture.info:
        timing["loop"] = picture.info["loop"]
    if form.pillow == "GIF":
        timing["disposal"] = 2
    frames[0].save(target, form.pillow, save_all=True, append_images=frames[1:], **timing, **form.options)


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    """Counted while they are decoded: Pillow reads a GIF to its end to say how many there are."""
    for number, frame in enumerate(ImageSequence.Iterator(picture), 1):
        refuse_too_many_pixels(*picture.size, frames=number)
        yield frame


def _in_srgb(picture: Image.Image, profile: bytes | None = None) -> Image.Image:
    """Colours as everybody's screen understands them: without its profile a telephone's photograph would be pale."""
    profile = profile or picture.info.get("icc_profile")
    if not profile or picture.mode not in {"RGB", "RGBA", "CMYK", "L"}:
        return picture
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (
        ImageCms.PyCMSError,
        OSError,
        ValueError,
        TypeError,
    ):  # a broken or foreign profile: take the numbers as they are
        return picture
    return converted or picture


def _bare(picture: Image.Image) -> Image.Image:
    """A new picture of the same pixels: no EXIF, XMP, IPTC, comment, profile or text travels along."""
    keyed = picture.mode in {"RGB", "L"} and "transparency" in picture.info
    if keyed or picture.mode not in {"RGB", "RGBA", "L", "P"}:
        picture = _in_common_mode(picture)
    bare = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        bare.putpalette(picture.getpalette() or [])
        if "transparency" in picture.info:
            bare.info["transparency"] = picture.info["transparency"]
    bare.paste(picture)
    return bare


def _in_common_mode(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # sixteen bits of grey: Pillow's own conversion would cut them off at 255
        return picture.point(lambda value: value / 256).convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
