#!/usr/bin/env bash
# Brings the page's third-party files: npm fetches the locked versions, the few built files are
# copied to static/vendor, whole or not at all. Called by setup.sh with the stamp to leave there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../web_map"

npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error >/dev/null

new=static/.vendor-new
rm -rf "$new"
mkdir -p "$new/leaflet" "$new/protomaps-leaflet"
from=node_modules/leaflet
cp -R "$from/dist/leaflet.js" "$from/dist/leaflet.css" "$from/dist/images" "$from/LICENSE" \
    "$new/leaflet"
from=node_modules/protomaps-leaflet
cp "$from/dist/protomaps-leaflet.js" "$from/LICENSE" "$new/protomaps-leaflet"

# Both name a source map that is not shipped; a browser's tools would ask for it in vain.
for script in "$new"/*/*.js; do
    sed -i.old '/^\/\/# sourceMappingURL=/d' "$script" && rm "$script.old"
done

echo "$1" >"$new/.stamp"
rm -rf static/vendor
mv "$new" static/vendor
