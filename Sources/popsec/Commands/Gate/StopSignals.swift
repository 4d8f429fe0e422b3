import Glibc

/// Waits for SIGTERM or SIGINT (systemd.kill(5)). SIGHUP, by which other servers read their files again, ends nothing.
///
/// The signals are blocked from the beginning, and so wait until they are asked for (sigwait(3)): none is lost, however
/// early it comes. It must be made before there are other threads, which begin with the same signals blocked.
struct StopSignals {
  private var awaited = sigset_t()

  init() {
    sigemptyset(&awaited)
    for number in [SIGTERM, SIGINT, SIGHUP] {
      // One that whoever started the program has it ignore would never arrive.
      signal(number, SIG_DFL)
      sigaddset(&awaited, number)
    }
    pthread_sigmask(SIG_BLOCK, &awaited, nil)
  }

  /// Gives the name of the signal that ends it; `heard` is called for each SIGHUP.
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
