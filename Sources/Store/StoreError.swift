package import Access

/// The errors of a store.
package enum StoreError: Complaint, Hashable {
  /// There is no store.
  case missing(path: String)
  /// There is a store already.
  case exists(path: String)
  /// Others may read or write a file or folder, whose mode is given in octal.
  case looseRights(path: String, mode: String)
  /// A file or folder belongs to another account, which could change it. Root's files are not reported.
  case otherOwner(path: String, owner: UInt32)
  /// Another process holds the store; `writer` names the process where it is known.
  case busy(path: String, writer: String?)
  /// The path now holds another store than the one that was opened, or none.
  case replaced(path: String)
  case readOnly(path: String)
  case diskFull(path: String)
  case corrupt(path: String, detail: String)
  /// The file is not a popsec store.
  case foreign(path: String)
  /// A copy of a store is being made there, or was interrupted.
  case unfinishedCopy(path: String)
  /// A copy of another store than the one that is to be copied has not ended there.
  case otherCopy(path: String)
  case newer(path: String, version: Int, known: Int)
  /// The store was upgraded to a newer version while it was open.
  case upgraded(path: String, version: Int, known: Int)
  /// The store is of an older version, and has to be upgraded first.
  case older(path: String, version: Int, known: Int)
  case notAllowed(path: String, action: String)
  case inputOutput(path: String, detail: String)
  /// The server that has the store is lost, and with it whatever was not committed.
  case serverLost(path: String, detail: String)
  /// The server was lost while it committed a change.
  case unsettled(path: String)
  /// The change was committed, and would go with its server.
  case unconfirmed(path: String)
  /// A rule of the schema refused the change.
  case constraint(detail: String)

  /// Checks the version that a store has now against the one that this program knows.
  ///
  /// Errors: ``upgraded(path:version:known:)``, ``older(path:version:known:)``.
  package static func require(_ version: Int, known: Int, at path: String) throws {
    if version > known { throw StoreError.upgraded(path: path, version: version, known: known) }
    if version < known { throw StoreError.older(path: path, version: version, known: known) }
  }

  /// Whether something is there, and not what this program can use: a store of another version, or no store.
  package var isOfOtherPopsec: Bool {
    switch self {
    case .older, .foreign: true
    default: isOfNewerPopsec
    }
  }

  /// Whether the store is of a later version than this program.
  package var isOfNewerPopsec: Bool {
    switch self {
    case .newer, .upgraded: true
    default: false
    }
  }

  package var message: String {
    switch self {
    case .missing(let path): "there is no store at \(path)"
    case .exists(let path): "there is a store at \(path) already"
    case .looseRights(let path, let mode): "\(path) has mode \(mode), so that others may get at it"
    case .otherOwner(let path, let owner): "\(path) belongs to another account, of uid \(owner)"
    case .busy(let path, let writer):
      "the store at \(path) is busy: \(writer.map { "\($0) is writing" } ?? "another process is writing")"
    case .replaced(let path): "the store at \(path) was replaced or removed while it was open"
    case .readOnly(let path): "the store at \(path) can only be read"
    case .diskFull(let path): "the disk that holds \(path) is full"
    case .corrupt(let path, let detail): "the store at \(path) is damaged: \(detail)"
    case .foreign(let path): "\(path) is no popsec store"
    case .unfinishedCopy(let path): "a copy of a store into \(path) has not ended"
    case .otherCopy(let path): "a copy of another store into \(path) has not ended"
    case .newer(let path, let version, let known):
      "the store at \(path) has version \(version), this popsec knows versions up to \(known)"
    case .upgraded(let path, let version, let known):
      "the store at \(path) was brought to version \(version) by a newer popsec, this one knows versions up to \(known)"
    case .older(let path, let version, let known):
      "the store at \(path) is of version \(version), an older one; this popsec works with version \(known)"
    case .notAllowed(let path, let action): "no permission to \(action) \(path)"
    case .inputOutput(let path, let detail): "the store at \(path) can't be used: \(detail)"
    case .serverLost(let path, let detail): "the store at \(path) can't be used: \(detail)"
    case .unsettled(let path):
      "the connection to \(path) was lost while a change was committed, and whether the change holds is not known"
    case .unconfirmed(let path):
      "the change was committed at \(path), but no standby has confirmed it: where this server is lost, it is"
    case .constraint(let detail): "the store refused the change: \(detail)"
    }
  }

  package var hint: String? {
    switch self {
    case .missing: "make one with popsec init, or look around with popsec demo"
    case .exists: "use it as it is, or name another place with --store"
    case .looseRights(let path, _): "chmod go= \(path), or allow it with --allow-loose-rights"
    case .otherOwner: "run as that account, or allow it with --allow-loose-rights"
    case .busy: "nothing was changed; try again in a moment"
    case .replaced: "nothing was changed; open popsec again"
    case .readOnly: "check the owner and mode of the folder, and how its file system is mounted"
    case .diskFull: "nothing was changed; make room and try again"
    case .corrupt: "nothing was changed; restore a backup"
    case .foreign: "name the store's folder with --store or POPSEC_STORE"
    case .unfinishedCopy: "run the same popsec store copy again, which goes on with it, or empty the place"
    case .otherCopy: "nothing was changed; go on with that copy, or empty the place"
    case .newer: "it was not touched; use a popsec of that version or later"
    case .upgraded: "nothing was changed; leave this popsec, and go on with the newer one"
    case .older:
      "popsec upgrade --check tells what an upgrade does; then run popsec upgrade, as the account that owns the store"
    case .notAllowed(let path, _):
      path.hasPrefix("postgresql://") || path.hasPrefix("postgres://")
        ? "log in as the role that owns it, or have that role give this one its rights (roles.sql)"
        : "run as the account that owns the store"
    case .inputOutput: "nothing was changed; check the disk"
    case .serverLost: "nothing was changed; try again when the database can be reached"
    case .unsettled: "look for the change with popsec audit list before you make it again"
    case .unconfirmed: "don't make it again; see why no standby confirms what is committed"
    case .constraint: "nothing was changed"
    }
  }

  package var exitStatus: ExitStatus {
    switch self {
    case .missing, .foreign: .noInput
    case .exists, .otherCopy: .cannotCreate
    case .looseRights, .otherOwner, .notAllowed: .notPermitted
    case .busy, .replaced, .newer, .upgraded, .older, .readOnly, .unfinishedCopy: .unavailable
    case .diskFull, .inputOutput, .serverLost, .unsettled, .unconfirmed: .inputOutput
    case .corrupt, .constraint: .badData
    }
  }
}
