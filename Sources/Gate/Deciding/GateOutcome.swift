package import Access
package import Administration

/// What the gate came to about a request.
package enum GateOutcome: Sendable {
  /// With a handle for a cookie, where a page was shown.
  case allowed(Verdict, SetHandle?)
  /// An open widget, to whoever asks.
  case open(Widget)
  case denied(Verdict)
  /// An application asked about somebody who is not there: nobody to decide about, and nothing is given.
  case unknownSubject
  /// Within all that was given, and more often than its token may.
  case tooMany(Verdict, retrySeconds: Int)
  case problem(GateProblem)

  package var isAllowed: Bool {
    switch self {
    case .allowed, .open: true
    case .denied, .unknownSubject, .tooMany, .problem: false
    }
  }

  /// The step that decided; nil where none was looked at.
  package var step: DecisionStep? {
    switch self {
    case .allowed: .grant
    case .denied(let verdict): verdict.decision.deniedStep
    case .unknownSubject: .user
    case .tooMany: .limits
    case .open, .problem: nil
    }
  }

  static let unknownSubjectText = "there is no such user or API user"
}

/// A handle that is to be set as a cookie on the path of a widget.
package struct SetHandle: Hashable, Sendable {
  let handle: CookieHandle
  let path: String
}
