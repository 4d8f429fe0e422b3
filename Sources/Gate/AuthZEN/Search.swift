internal import Access
internal import Administration

/// A search of AuthZEN (section 8): two of three parts are given, and the third is searched for.
protocol Search: Codable, Sendable {
  var page: SearchPageRequest? { get set }
  var context: Evaluation.Context? { get }
  /// Who asks; nil where it is searched who may.
  var asking: Evaluation.Subject? { get set }

  /// The next candidates after a place, at most `limit`, in a fixed order. There are none where nothing has
  /// the type that is searched for.
  ///
  /// Errors: ``GateProblem``, and the errors of reading.
  func candidates(
    after spot: SearchSpot?, limit: Int, _ checker: Checker, now: Timestamp
  ) throws -> SearchCandidates
}

extension Search {
  var asking: Evaluation.Subject? {
    get { nil }
    set {}
  }
}

/// The part of a request that asks for a page (section 8.2.1).
struct SearchPageRequest: Codable, Sendable {
  let token: String?
  let limit: Int?
}

/// A candidate that a search finds if its request is allowed.
struct SearchCandidate: Sendable {
  let spot: SearchSpot
  /// The request to decide; nil for a candidate that is passed over.
  var request: CheckRequest?
  var entity = SearchEntity()
  /// Whether the candidate is found at this place, where a search reaches it at several places.
  var isMeant: @Sendable (Decision) -> Bool = { _ in true }
}

struct SearchCandidates: Sendable {
  var rows: [SearchCandidate]
  /// Whether there are candidates after these.
  var hasAfter: Bool

  static let none = SearchCandidates(rows: [], hasAfter: false)

  /// Takes the candidates after a place from all candidates, which may be in any order.
  init(
    _ all: some Sequence<SearchCandidate>, after spot: SearchSpot?, limit: Int
  ) {
    let behind = all.filter { candidate in spot.map { $0 < candidate.spot } ?? true }
      .sorted { $0.spot < $1.spot }
    (rows, hasAfter) = (Array(behind.prefix(limit)), behind.count > limit)
  }

  init(rows: [SearchCandidate], hasAfter: Bool) {
    self.rows = rows
    self.hasAfter = hasAfter
  }
}

/// A subject, a resource or an action that was found.
struct SearchEntity: Encodable, Hashable, Sendable {
  /// The type; an action has none.
  var type: String?
  var id: String?
  /// The name; only an action has one.
  var name: String?
  var properties: [String: String]?
}

/// The answer to a search (section 8.3).
struct SearchAnswer: Encodable {
  struct Page: Encodable {
    /// The token of the next page; empty at the end.
    let next_token: String
    let count: Int
  }

  let page: Page
  let results: [SearchEntity]
}

/// The greatest cost of one request of a search. Beyond it the answer says how to continue.
enum SearchBounds {
  /// The greatest number of results in an answer, which is also the default.
  static let results = 100
  /// The greatest number of candidates that are decided in one request, because the thread answers nobody
  /// else meanwhile.
  static let examined = 200
  /// The number of candidates that are read at a time.
  static let window = 50
}

/// Runs a search. A candidate is found where its evaluation would be allowed.
struct SearchRun {
  private let limit: Int
  private(set) var found: [SearchEntity] = []
  /// The last candidate that was looked at, where there are more after it; nil at the end.
  private(set) var next: SearchSpot?
  private var examined = 0

  init(limit: Int, after spot: SearchSpot?) {
    self.limit = limit
    next = spot
  }

  /// Errors: ``GateProblem``, and the errors of reading.
  mutating func run(_ search: some Search, _ checker: Checker, now: Timestamp) throws {
    // An empty page must reveal nothing about what exists.
    guard limit > 0 else { return next = next ?? .beginning }
    while true {
      let room = min(SearchBounds.window, SearchBounds.examined - examined)
      let window = try search.candidates(after: next, limit: room, checker, now: now)
      for (index, candidate) in window.rows.enumerated() {
        examined += 1
        if try isAllowed(candidate, checker) { found.append(candidate.entity) }
        next = candidate.spot
        let isLast = index == window.rows.count - 1 && !window.hasAfter
        if isLast || found.count >= limit || examined >= SearchBounds.examined {
          if isLast { next = nil }
          return
        }
      }
      guard window.hasAfter, !window.rows.isEmpty else {
        next = nil
        return
      }
    }
  }

  private func isAllowed(_ candidate: SearchCandidate, _ checker: Checker) throws -> Bool {
    guard let request = candidate.request else { return false }
    let decision = try checker.check(request).decision
    return decision.isAllowed && candidate.isMeant(decision)
  }
}
