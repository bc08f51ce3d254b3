"""A browser's long name for itself, cut to what a person knows it by."""

import re

_BROWSERS = (
    (r"MicroMessenger/(\d+)", "WeChat"),
    (r"Edg(?:A|iOS)?/(\d+)", "Edge"),
    (r"(?:Firefox|FxiOS)/(\d+)", "Firefox"),
    (r"HuaweiBrowser/(\d+)", "Huawei Browser"),
    (r"MiuiBrowser/(\d+)", "Mi Browser"),
    (r"(?:Chrome|CriOS)/(\d+)", "Chrome"),
    (r"Version/(\d+).*Safari", "Safari"),
)
_SYSTEMS = (
    (r"HarmonyOS|OpenHarmony", "HarmonyOS"),
    (r"Android", "Android"),
    (r"iPhone|iPad", "iOS"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"Linux", "Linux"),
)


def browser_of(user_agent: str) -> str:
    """Return browser and system in a few words; of an unknown one, its first 40 plain characters.

    >>> browser_of("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/141.0 Mobile Safari")
    'Chrome 141, Android'
    >>> browser_of("curl/8.5")
    'curl/8.5'
    """
    for pattern, name in _BROWSERS:
        found = re.search(pattern, user_agent)
        if found:
            system = next((s for p, s in _SYSTEMS if re.search(p, user_agent)), "")
            return f"{name} {found[1]}" + (f", {system}" if system else "")
    return re.sub(r"[^ -~]", "", user_agent)[:40].strip()
