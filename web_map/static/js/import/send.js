/** Sends the file with what is asked of it: to be looked at, reported on, loaded. */

import { ApiError } from "../api.js";
import { upload } from "../office/upload.js";

/** What is asked of a file, as the server reads it. */
export function options(job) {
  const decisions = Object.fromEntries(job.decisions);
  return JSON.stringify({
    district: job.district, name: job.name, sheet: job.sheet, mapping: job.mapping, decisions,
  });
}

/** Has the file looked at; nothing is stored. */
export function look(job, onprogress) {
  return upload("POST", "/api/imports/check", job.file, { options: options(job) }, onprogress);
}

/** Loads the list under the job's own id: sent twice it comes in once. */
export function load(job, onprogress) {
  return upload("PUT", `/api/imports/${job.id}`, job.file, { options: options(job) }, onprogress);
}

/** Hands a file to the browser's downloads. */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** Downloads the whole check report as a workbook. */
export async function saveReport(job, name) {
  const body = new FormData();
  body.append("options", options(job));
  body.append("file", job.file, job.file.name);
  const headers = { "X-Requested-With": "qingfei" };
  const response = await fetch("/api/imports/report", { method: "POST", body, headers, credentials: "same-origin" });
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => null));
  save(await response.blob(), name);
}
