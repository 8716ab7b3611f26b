/** Texts of the panel that shows the members and invitations. The browser loads them together with the panel. */
export const enTeam = {
  members: 'Members',
  invitations: 'Invitations',
  noInvitations: 'No open invitations.',
  roles: { owner: 'Owner', staff: 'Front desk', provider: 'Provider' },
  roleHints: {
    owner: 'Everything, members too',
    staff: 'All calendars',
    provider: 'Only their own calendar',
  },
  role: 'Role',
  invite: 'Invite',
  inviteAgain: 'Send again',
  inviteAgainName: (email: string) => `Send again to ${email}`,
  revoke: 'Take back',
  revokeName: (email: string) => `Take back the invitation to ${email}`,
  remove: 'Remove',
  removeName: (email: string) => `Remove ${email}`,
  removeAsk: (email: string) => `Remove ${email}? They can’t sign in here any more.`,
  confirmRemove: 'Yes, remove',
  you: 'you',
  expires: (day: string) => `open until ${day}`,
  whoseCalendar: 'Whose calendar',
  clinic: 'Clinic',
};

export type TeamTexts = typeof enTeam;
