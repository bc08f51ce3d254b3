"""The map's shell by folium: Leaflet from our own files, layers whose data comes by tiles.

folium's own page asks four outside hosts and puts text into HTML; this shell asks none, and no
name of a place or person ever passes through it. ES modules find the map and the ways to open its
layers under ``window.qingfei``.
"""

from collections.abc import Iterator

import folium
from branca.element import MacroElement
from folium.template import Template

MAP_NAME = "map_main"
START_ZOOM = 11
LEAST_ZOOM, MOST_ZOOM = 7, 18
START_LOCATION = (40.68, 109.79)
"""Kundulun, until the page knows its districts (latitude, longitude)."""


class MapShell(folium.Map):
    """A folium map with self-hosted files, no base tiles and a fixed name."""

    default_js = [
        ("leaflet", "/static/vendor/leaflet/leaflet.js"),
        ("protomaps_leaflet", "/static/vendor/protomaps-leaflet/protomaps-leaflet.js"),
    ]
    default_css = [("leaflet_css", "/static/vendor/leaflet/leaflet.css")]

    _template = Template(
        """
        {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {
            center: {{ this.location|tojson }},
            crs: L.CRS.{{ this.crs }},
            minZoom: {{ this.least_zoom }},
            maxZoom: {{ this.most_zoom }},
            ...{{ this.options|tojavascript }}
        });
        window.qingfei = { map: {{ this.get_name() }}, layers: {} };
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(
            location=START_LOCATION,
            zoom_start=START_ZOOM,
            tiles=None,
            zoom_control=False,
            attribution_control=False,
        )
        self.least_zoom = LEAST_ZOOM
        self.most_zoom = MOST_ZOOM
        for layer in default_layers():
            layer.add_to(self)

    def get_name(self) -> str:
        """Return the map's variable and element name; one page holds one map."""
        return MAP_NAME


class ImageryLayer(MacroElement):
    """Raster tiles of one scene and one view, opened by ``layers.imagery(scene, view, bounds)``."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.qingfei.layers.imagery = (scene, view, bounds) =>
            L.tileLayer({{ this.url|tojson }}, {
                scene, view, bounds,
                maxNativeZoom: {{ this.max_native_zoom }},
                maxZoom: {{ this.most_zoom }},
                zIndex: {{ this.order }}
            });
        {% endmacro %}
        """
    )

    def __init__(self, url: str, order: int, max_native_zoom: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.url = url
        self.order = order
        self.max_native_zoom = max_native_zoom
        self.most_zoom = MOST_ZOOM


class VectorTileLayer(MacroElement):
    """Vector tiles drawn by protomaps-leaflet, opened by ``layers.<name>.open(source, …)``.

    The source and the paint rules are the caller's; the shell says where the tiles are, in which
    order the layer is drawn and down to which zoom its data goes.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
        window.qingfei.layers[{{ this.layer|tojson }}] = {
            url: {{ this.url|tojson }},
            open: (source, paintRules, labelRules) => protomapsL.leafletLayer({
                url: source, paintRules, labelRules, attribution: "", noWrap: true,
                maxDataZoom: {{ this.max_data_zoom }},
                maxZoom: {{ this.most_zoom }},
                zIndex: {{ this.order }}
            })
        };
        {% endmacro %}
        """
    )

    def __init__(self, layer: str, order: int, max_data_zoom: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.layer = layer
        self.url = f"/tiles/{{district}}/{layer}/{{z}}/{{x}}/{{y}}.mvt"
        self.order = order
        self.max_data_zoom = max_data_zoom
        self.most_zoom = MOST_ZOOM


def default_layers() -> Iterator[MacroElement]:
    """Yield the page's layers from the lowest to the highest."""
    yield ImageryLayer("/imagery/{scene}/{view}/{z}/{x}/{y}.webp", order=1, max_native_zoom=17)
    for order, layer in enumerate(("reference", "candidates", "sites"), start=2):
        yield VectorTileLayer(layer, order=order, max_data_zoom=15)
