/** The example on AWS's own page: https://docs.aws.amazon.com/cli/latest/reference/connect/create-user.html */
export const createUserExample = `aws connect create-user \\
--username Mary \\
--password Pass@Word1 \\
--identity-info FirstName=Mary,LastName=Major \\
--phone-config PhoneType=DESK_PHONE,AutoAccept=true,AfterContactWorkTimeLimit=60,DeskPhoneNumber=+15555551212 \\
--security-profile-id 12345678-1111-2222-aaaa-a1b2c3d4f5g7 \\
--routing-profile-id 87654321-9999-3434-abcd-x1y2z3a1b2c3 \\
--instance-id a1b2c3d4-5678-90ab-cdef-EXAMPLE11111`;
