"""The file of a picture, which says in a sentence why it is not one."""

from typing import Any

from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from .cleaning import look_at_image


class PictureFieldFile(WagtailImageFieldFile):
    """A picture's file, on its way in or stored."""

    def get_image_dimensions(self) -> tuple[int, int]:
        """Width and height. ValidationError for what is no picture of ours: it is asked as soon as a file is assigned.

        Wagtail 8.0.1 asks Willow, which raises an error of its own for anything that it does not know.
        """
        if not self._committed:
            look_at_image(self.file)
        size: tuple[int, int] = super().get_image_dimensions()
        return size


class PictureField(WagtailImageField):
    """Wagtail's field in the database and in migrations."""

    attr_class = PictureFieldFile

    def deconstruct(self) -> Any:
        """Nothing is stored in another way."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs
