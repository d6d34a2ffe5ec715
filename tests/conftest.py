"""For all tests."""

import signal
import threading

# A shell that starts the tests in the background has Ctrl-C ignored, and so would the processes to which tests send it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)
