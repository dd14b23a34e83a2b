/** A setting of the deployment that can't be used; its message is for the one who deploys. */
export class SettingsFault extends Error {
  override readonly name = 'SettingsFault';
}
