/// The SQL that takes migrations back, so that a test has a store as an earlier popsec left it.
///
/// What only an empty store has in common with an earlier one is left as it is: rows of tables that were made anew.
package enum OlderStore {
  /// By the number of the migration. A migration that no test has taken back yet has none.
  private static let statements: [(number: Int, sql: String)] = [
    (8, "ALTER TABLE endpoint DROP COLUMN address_match"),
    (9, "DROP TABLE gate_key"),
    (10, "DROP TABLE refusal"),
    (
      11,
      """
      DROP TRIGGER token_end_follows_account; DROP TRIGGER token_end_is_added;
      DROP TRIGGER token_end_follows_token; DROP TRIGGER token_end_goes_with_token; DROP TABLE token_end;
      ALTER TABLE account RENAME COLUMN last_expiry_at TO next_expiry_at;
      UPDATE account SET next_expiry_at = (SELECT min(expires_at) FROM token WHERE account_id = account.id)
      """
    ),
    (12, "DROP TABLE state_part; DROP TABLE state_snapshot"),
    (13, "DROP TABLE notice; DROP TABLE notice_look; DROP INDEX token_id_older"),
    (
      14,
      """
      DROP INDEX grant_by_end; DROP INDEX role_by_end; DROP INDEX membership_by_end;
      ALTER TABLE token DROP COLUMN valid_from;
      ALTER TABLE membership DROP COLUMN until_at; ALTER TABLE membership DROP COLUMN from_at;
      ALTER TABLE role_assignment DROP COLUMN until_at; ALTER TABLE role_assignment DROP COLUMN from_at;
      ALTER TABLE access_grant DROP COLUMN until_at; ALTER TABLE access_grant DROP COLUMN from_at
      """
    ),
    (
      15,
      """
      DROP INDEX account_by_owner_user; DROP INDEX account_by_owner_text; DROP INDEX account_without_owner;
      DROP INDEX token_by_owner_user; DROP TABLE account_label; DROP TABLE token_label;
      ALTER TABLE account DROP COLUMN note; ALTER TABLE account DROP COLUMN owner_text;
      ALTER TABLE account DROP COLUMN owner_user; ALTER TABLE account DROP COLUMN created_by;
      ALTER TABLE token DROP COLUMN note; ALTER TABLE token DROP COLUMN owner_text;
      ALTER TABLE token DROP COLUMN owner_user; ALTER TABLE token DROP COLUMN created_by
      """
    ),
    (
      16,
      """
      ALTER TABLE proposal DROP COLUMN reason; ALTER TABLE proposal DROP COLUMN decision_id;
      ALTER TABLE proposal DROP COLUMN request_number; ALTER TABLE proposal DROP COLUMN because
      """
    ),
    (17, "DROP TABLE console_settings"),
    (18, "DROP TABLE law"),
    (19, "DROP TABLE altered"),
    (20, "ALTER TABLE token DROP COLUMN search_key"),
  ]

  /// Takes back a migration, from 8 on, and all after it.
  package static func sql(before number: Int) -> String {
    statements.filter { $0.number >= number }.reversed().map { $0.sql + ";\n" }.joined()
      + "DELETE FROM migration WHERE number >= \(number)"
  }
}
