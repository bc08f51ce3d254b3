/** Leaflet, fetched only when a map is first shown; it is part of what the phone takes in. */

let loading = null;

function load() {
  return new Promise((resolve, reject) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/static/vendor/leaflet/leaflet.css";
    const script = document.createElement("script");
    script.src = "/static/vendor/leaflet/leaflet.js";
    script.onload = () => resolve(window.L);
    script.onerror = () => {
      loading = null;
      reject(new Error("the map's program did not load"));
    };
    document.head.append(style, script);
  });
}

/** Resolves to Leaflet's `L`. */
export function leaflet() {
  loading ??= load();
  return loading;
}
