import Glibc

/// Waits for SIGTERM or SIGINT (systemd.kill(5)). SIGHUP, on which other servers read their files again, ends
/// nothing.
///
/// The signals are blocked from the beginning, so that they wait until they are asked for (sigwait(3)), and
/// none is lost, however early it comes. This value must be made before other threads start, because threads
/// inherit the blocked signals.
struct StopSignals {
  private var awaited = sigset_t()

  init() {
    sigemptyset(&awaited)
    for number in [SIGTERM, SIGINT, SIGHUP] {
      // A signal that the program's parent had it ignore would never arrive.
      signal(number, SIG_DFL)
      sigaddset(&awaited, number)
    }
    pthread_sigmask(SIG_BLOCK, &awaited, nil)
  }

  /// Waits for the signal that ends the gate, and returns its name. `heard` is called for each SIGHUP.
  func wait(heard: () -> Void) -> String {
    var awaited = awaited
    while true {
      var number: Int32 = 0
      guard sigwait(&awaited, &number) == 0 else { continue }
      switch number {
      case SIGTERM: return "SIGTERM"
      case SIGINT: return "SIGINT"
      default: heard()
      }
    }
  }
}
