/** Sends files: multipart, with progress, and the server's one sentence where it refuses. */

import { ApiError, signedOut } from "../api.js";

function sent(method, path, body, headers, onprogress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    for (const [name, value] of Object.entries({ "X-Requested-With": "qingfei", ...headers })) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onprogress(event.loaded / event.total);
    request.onerror = () => reject(new ApiError(0, null));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(request.response);
        return;
      }
      if (request.status === 401) signedOut();
      reject(new ApiError(request.status, request.response));
    };
    request.send(body);
  });
}

/** Sends `files` by name with plain `fields`; `onprogress(share)` hears how much has gone. Returns JSON. */
export function sendForm(method, path, files, fields = {}, onprogress = () => {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined && value !== "") body.append(name, value);
  }
  for (const [name, file] of Object.entries(files)) body.append(name, file, file.name);
  return sent(method, path, body, {}, onprogress);
}

/** Sends `file` with plain `fields`; `onprogress(share)` hears how much has gone. Returns JSON. */
export function upload(method, path, file, fields = {}, onprogress = () => {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) body.append(name, value);
  }
  body.append("file", file, file.name);
  return sent(method, path, body, {}, onprogress);
}

/** Sends a large file as it is, without a form round it; otherwise as `upload`. */
export function uploadWhole(method, path, file, onprogress = () => {}) {
  const headers = { "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name) };
  return sent(method, path, file, headers, onprogress);
}

/** A place to drop a file or choose one; `onfile(file)` hears of it. */
export function dropZone(element, picker, onfile) {
  const over = (isOver) => element.classList.toggle("drop-over", isOver);
  element.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  element.addEventListener("dragleave", () => over(false));
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (event.dataTransfer.files[0]) onfile(event.dataTransfer.files[0]);
  });
  picker.addEventListener("change", () => picker.files[0] && onfile(picker.files[0]));
  return element;
}
