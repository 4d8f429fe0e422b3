internal import Access
internal import Administration

/// A search of AuthZEN (section 8): of three parts two are named, and the third is looked for.
protocol Search: Codable, Sendable {
  var page: SearchPageRequest? { get set }
  var context: Evaluation.Context? { get }

  /// Who or what may be found, the next ones behind a place, at most so many, in a fixed order. Empty where
  /// nothing is of the type that is looked for.
  ///
  /// Errors: ``GateProblem``, and those of reading.
  func candidates(
    after spot: SearchSpot?, limit: Int, _ checker: Checker, now: Timestamp
  ) throws -> SearchCandidates
}

/// The part of a request that asks for a page (section 8.2.1).
struct SearchPageRequest: Codable, Sendable {
  let token: String?
  let limit: Int?
}

/// Somebody or something that a search may find, if what it asks is allowed.
struct SearchCandidate: Sendable {
  let spot: SearchSpot
  /// Nil of one that is only gone past.
  var request: CheckRequest?
  var entity = SearchEntity()
  /// Whether it is to be found here, of several places at which a search comes to it.
  var isMeant: @Sendable (Decision) -> Bool = { _ in true }
}

struct SearchCandidates: Sendable {
  var rows: [SearchCandidate]
  /// Whether there are some behind these.
  var hasAfter: Bool

  static let none = SearchCandidates(rows: [], hasAfter: false)

  /// Of all that there are, in any order, those behind a place.
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
  /// Not of an action.
  var type: String?
  var id: String?
  /// Of an action.
  var name: String?
  var properties: [String: String]?
}

/// What a search answers (section 8.3).
struct SearchAnswer: Encodable {
  struct Page: Encodable {
    /// Empty at the end.
    let next_token: String
    let count: Int
  }

  let page: Page
  let results: [SearchEntity]
}

/// What one request of a search may cost: beyond that it is told how to go on.
enum SearchBounds {
  /// So many results an answer has at most, and where nobody says otherwise.
  static let results = 100
  /// So many candidates are decided about in one request; a thread answers nobody else meanwhile.
  static let examined = 200
  /// So many are read at a time.
  static let window = 50
}

/// Goes through the candidates of a search. Whether one is found is decided as its evaluation would be.
struct SearchRun {
  private let limit: Int
  private(set) var found: [SearchEntity] = []
  /// The last one that was looked at, where there are more behind; nil at the end.
  private(set) var next: SearchSpot?
  private var examined = 0

  init(limit: Int, after spot: SearchSpot?) {
    self.limit = limit
    next = spot
  }

  /// Errors: ``GateProblem``, and those of reading.
  mutating func run(_ search: some Search, _ checker: Checker, now: Timestamp) throws {
    // A page of nothing says nothing of what there is.
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
