/** How the phone's map programs are asked to lead to a point, each in the coordinates that it shows. */

import { bd09, gcj02 } from "./datum.js";

const digits = (value) => value.toFixed(6);
const SOURCE = "qingfei";

function gaode(at, name) {
  const [lon, lat] = gcj02(at).map(digits);
  const app = new URLSearchParams({ sourceApplication: SOURCE, dlat: lat, dlon: lon, dname: name, dev: "0", t: "0" });
  const web = new URLSearchParams({ to: `${lon},${lat},${name}`, mode: "car", coordinate: "gaode", src: SOURCE });
  return { app: `amapuri://route/plan/?${app}`, web: `https://uri.amap.com/navigation?${web}` };
}

function baidu(at, name) {
  const [lon, lat] = bd09(at).map(digits);
  const way = { destination: `latlng:${lat},${lon}|name:${name}`, coord_type: "bd09ll", mode: "driving", src: SOURCE };
  return {
    app: `baidumap://map/direction?${new URLSearchParams(way)}`,
    web: `https://api.map.baidu.com/marker?${new URLSearchParams({ location: `${lat},${lon}`, title: name, content: name, output: "html", coord_type: "bd09ll", src: SOURCE })}`,
  };
}

function tencent(at, name) {
  const [lon, lat] = gcj02(at).map(digits);
  const way = { type: "drive", to: name, tocoord: `${lat},${lon}`, policy: "0", referer: SOURCE };
  return {
    app: `qqmap://map/routeplan?${new URLSearchParams(way)}`,
    web: `https://apis.map.qq.com/uri/v1/routeplan?${new URLSearchParams(way)}`,
  };
}

/** Spaces as %20: map programs do not read "+" as a space. */
const plain = (link) => link.replaceAll("+", "%20");

/**
 * The links to a point [lon, lat] of WGS 84: { system, gaode, baidu, tencent }, each of the three with
 * `app` (opens the program without a net) and `web` (needs one).
 */
export function navigationLinks(at, name) {
  const [lon, lat] = at.map(digits);
  const found = { gaode: gaode(at, name), baidu: baidu(at, name), tencent: tencent(at, name) };
  return {
    system: `geo:${lat},${lon}?q=${lat},${lon}(${encodeURIComponent(name)})`,
    ...Object.fromEntries(Object.entries(found).map(([key, { app, web }]) => [key, { app: plain(app), web: plain(web) }])),
  };
}
