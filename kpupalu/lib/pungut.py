"""How often a process that lives long looks for garbage."""

import gc


def jarangkan_pemungut() -> None:
    """Call once when a process has loaded its code: what is loaded is never searched again, the rest less often.

    Printing and signing make hundreds of thousands of small objects that all live until the end; searching them
    for garbage at Python's own pace takes a third of the time. Fifty thousand new objects are some megabytes.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
