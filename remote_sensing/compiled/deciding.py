"""Which class scores highest, pixel by pixel."""

import numpy as np
from numpy.typing import NDArray

from remote_sensing.compiled.jit import jit

Bands = NDArray[np.uint8]


@jit
def highest(
    percents: Bands, places: NDArray[np.int64], codes: NDArray[np.uint8], out: NDArray[np.uint8]
) -> None:
    """Write the code of the highest score; of equals the first.

    ``percents`` is (classes, height, width); only the classes in ``places`` count, whose ``codes``
    stand in the same order.
    """
    best = np.empty(percents.shape[2], np.uint8)
    for row in range(percents.shape[1]):
        line = out[row]
        best[:] = percents[places[0], row]
        line[:] = codes[0]
        for number in range(1, len(places)):
            band, code = percents[places[number], row], codes[number]
            for col in range(len(line)):
                is_more = band[col] > best[col]
                best[col] = band[col] if is_more else best[col]
                line[col] = code if is_more else line[col]
