/** The interface language lives in a cookie that the server reads. */

/** Stores the language and loads the page anew; the address keeps the place. */
export function setLanguage(language) {
  document.cookie = `qingfei_language=${language}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
}
