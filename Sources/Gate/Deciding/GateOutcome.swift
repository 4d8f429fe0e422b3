package import Access
package import Administration

/// The gate's result for a request.
package enum GateOutcome: Sendable {
  /// The request is allowed. Where a page was shown, there may be a handle for a cookie.
  case allowed(Verdict, PageCookie)
  /// The widget is open to everybody. The verdict, which has denied, is that without the openness.
  case open(Widget, Verdict)
  case denied(Verdict)
  /// An application asked about somebody who does not exist. There is nobody to decide about, and nothing is
  /// given.
  case unknownSubject
  /// The request is allowed by every step, but comes more often than the token may.
  case tooMany(Verdict, retrySeconds: Int)
  case problem(GateProblem)

  package var isAllowed: Bool {
    switch self {
    case .allowed, .open: true
    case .denied, .unknownSubject, .tooMany, .problem: false
    }
  }

  /// The step that decided; nil where none was evaluated.
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

/// What an answer does about the cookie of a page.
package struct PageCookie: Hashable, Sendable {
  /// The handle for a cookie that is to be set; nil where none is.
  let set: SetHandle?
  /// The first instant at which this may be otherwise for the same request; nil where it never is.
  let until: Timestamp?

  static let none = PageCookie(set: nil, until: nil)
}

/// A handle for a cookie on the path of a widget.
package struct SetHandle: Hashable, Sendable {
  let handle: CookieHandle
  let path: String
}
