import Access
import Administration
import SQLiteStore
import Store

/// Checks the files that gates keep beside the store, and whether the store is where the gates saw it last.
struct KeepingChecks {
  /// The files; nil beside a database, which keeps the records itself.
  let records: SQLiteUseRecords?
  let administration: Administration

  var all: [HealthCheck] { (records.map { uses($0) + aside($0) } ?? []) + [rollback] }

  /// The records of gates, or the reason why they can't be read.
  private func uses(_ records: SQLiteUseRecords) -> [HealthCheck] {
    do {
      guard try records.isThere() else {
        return [
          .note("gate.db", "is not there: no gate ran, or it was removed", "a gate that starts makes it")
        ]
      }
      let damages = try records.damages()
      // Damage of a table shows only when the table is read.
      if damages.isEmpty { _ = try (records.denialCount(), records.gates()) }
      return damages.isEmpty
        ? [.good("gate.db", "is intact")]
        : damages.map { .bad("gate.db", $0, Self.advice) }
    } catch let trouble as UseTrouble {
      return [.bad("gate.db", trouble.reason, trouble.isLater ? trouble.hint : Self.advice)]
    } catch {
      return [.bad("gate.db", "can't be read", Self.advice)]
    }
  }

  private static let advice =
    "start the gate: it sets what is there aside and makes another; tokens work meanwhile, and what they were used "
    + "for is counted anew"

  private func aside(_ records: SQLiteUseRecords) -> [HealthCheck] {
    do {
      return try records.setAside().map {
        .warning(
          "gate.db",
          "\($0) was set aside, since it was damaged: uses and denials before are in no list, and that "
            + "the store went back before can't be excluded",
          "look at the disk; remove the file when nobody needs it")
      }
    } catch { return [.note("gate.db", "whether one was set aside can't be told")] }
  }

  private var rollback: HealthCheck {
    let subject = "store's end"
    do {
      switch try administration.rollback() {
      case .nothingKept:
        return .note(subject, "no gate has kept where the store stood: that it went back can't be excluded")
      case .known(let kept, nil):
        return .good(subject, "is where gates saw it, or further; they keep it since \(kept.since)")
      case .known(_, let row?):
        return .good(subject, "the store was restored from a backup, as row \(row) of its audit log says")
      case .wentBack(let kept, let present):
        let standing = StoreStanding.wentBack(kept: kept.head, present: present)
        return .bad(subject, (standing.message ?? "") + "; gates let nothing through", standing.hint)
      }
    } catch let error as any Complaint {
      return .note(subject, "that the store went back can't be excluded: \(error.message)")
    } catch { return .note(subject, "that the store went back can't be excluded") }
  }
}
