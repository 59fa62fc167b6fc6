<!DOCTYPE TS>
<TS version="2.1" language="en_US">
  <context>
    <name>AddedFiles</name>
    <message numerus="yes">
      <source>%n (was|were) left out.</source>
      <translation>
        <numerusform>%n was left out.</numerusform>
        <numerusform>%n were left out.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) below (was|were) not added.</source>
      <translation>
        <numerusform>%n file below was not added.</numerusform>
        <numerusform>%n files below were not added.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) from {folder}, {chosen} chosen</source>
      <translation>
        <numerusform>%n file from {folder}, {chosen} chosen</numerusform>
        <numerusform>%n files from {folder}, {chosen} chosen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s), {chosen} chosen</source>
      <translation>
        <numerusform>%n file, {chosen} chosen</numerusform>
        <numerusform>%n files, {chosen} chosen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n other file(s) in the folder (is no photo|are no photos).</source>
      <translation>
        <numerusform>%n other file in the folder is no photo.</numerusform>
        <numerusform>%n other files in the folder are no photos.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) (is|are) safe on this PC and listed in Uploads.</source>
      <translation>
        <numerusform>%n photo is safe on this PC and listed in Uploads.</numerusform>
        <numerusform>%n photos are safe on this PC and listed in Uploads.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) of this chart (was|were) not compared with these files: (it is|they are) not on this PC.</source>
      <translation>
        <numerusform>%n photo of this chart was not compared with these files: it is not on this PC.</numerusform>
        <numerusform>%n photos of this chart were not compared with these files: they are not on this PC.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{shown} of {total} files, {chosen} chosen. The other (one follows|%n follow) after Send.</source>
      <translation>
        <numerusform>{shown} of {total} files, {chosen} chosen. The other one follows after Send.</numerusform>
        <numerusform>{shown} of {total} files, {chosen} chosen. The other %n follow after Send.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Album</name>
    <message numerus="yes">
      <source>%n new photo(s)</source>
      <translation>
        <numerusform>%n new photo</numerusform>
        <numerusform>%n new photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s)</source>
      <translation>
        <numerusform>%n photo</numerusform>
        <numerusform>%n photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) marked</source>
      <translation>
        <numerusform>%n photo marked</numerusform>
        <numerusform>%n photos marked</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) so far</source>
      <translation>
        <numerusform>%n photo so far</numerusform>
        <numerusform>%n photos so far</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AlbumFilter</name>
    <message numerus="yes">
      <source>%n new photo(s) found at {time}</source>
      <translation>
        <numerusform>%n new photo found at {time}</numerusform>
        <numerusform>%n new photos found at {time}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) so far. More are loading…</source>
      <translation>
        <numerusform>%n photo so far. More are loading…</numerusform>
        <numerusform>%n photos so far. More are loading…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Cerbo has no type for %n photo(s).</source>
      <translation>
        <numerusform>Cerbo has no type for %n photo.</numerusform>
        <numerusform>Cerbo has no type for %n photos.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>AlbumNotes</name>
    <message numerus="yes">
      <source>%n photo(s) of this chart could not be read and (is|are) not shown. Open the patient in Cerbo to see all.</source>
      <translation>
        <numerusform>%n photo of this chart could not be read and is not shown. Open the patient in Cerbo to see all.</numerusform>
        <numerusform>%n photos of this chart could not be read and are not shown. Open the patient in Cerbo to see all.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) sent at {time} (is|are) waiting for staff in Cerbo. (It shows|They show) here once accepted.</source>
      <translation>
        <numerusform>%n photo sent at {time} is waiting for staff in Cerbo. It shows here once accepted.</numerusform>
        <numerusform>%n photos sent at {time} are waiting for staff in Cerbo. They show here once accepted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) sent from {first} to {last} are waiting for staff in Cerbo. They show here once accepted.</source>
      <translation>
        <numerusform>%n photo sent from {first} to {last} are waiting for staff in Cerbo. They show here once accepted.</numerusform>
        <numerusform>%n photos sent from {first} to {last} are waiting for staff in Cerbo. They show here once accepted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) sent from {first} to {last} today are waiting for staff in Cerbo. They show here once accepted.</source>
      <translation>
        <numerusform>%n photo sent from {first} to {last} today are waiting for staff in Cerbo. They show here once accepted.</numerusform>
        <numerusform>%n photos sent from {first} to {last} today are waiting for staff in Cerbo. They show here once accepted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) sent on {moment} (is|are) waiting for staff in Cerbo. (It shows|They show) here once accepted.</source>
      <translation>
        <numerusform>%n photo sent on {moment} is waiting for staff in Cerbo. It shows here once accepted.</numerusform>
        <numerusform>%n photos sent on {moment} are waiting for staff in Cerbo. They show here once accepted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Cerbo took %n photo(s). They show here once accepted.</source>
      <translation>
        <numerusform>Cerbo took %n photo. They show here once accepted.</numerusform>
        <numerusform>Cerbo took %n photos. They show here once accepted.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Capture</name>
    <message numerus="yes">
      <source>%n photo(s) (is|are) already safe on this PC.</source>
      <translation>
        <numerusform>%n photo is already safe on this PC.</numerusform>
        <numerusform>%n photos are already safe on this PC.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n shot(s), {chosen} chosen</source>
      <translation>
        <numerusform>%n shot, {chosen} chosen</numerusform>
        <numerusform>%n shots, {chosen} chosen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep %n for this patient</source>
      <translation>
        <numerusform>Keep %n for this patient</numerusform>
        <numerusform>Keep %n for this patient</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep %n for this patient, {born}</source>
      <translation>
        <numerusform>Keep %n for this patient, {born}</numerusform>
        <numerusform>Keep %n for this patient, {born}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep %n for {patient}</source>
      <translation>
        <numerusform>Keep %n for {patient}</numerusform>
        <numerusform>Keep %n for {patient}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep %n of {all} for this patient</source>
      <translation>
        <numerusform>Keep %n of {all} for this patient</numerusform>
        <numerusform>Keep %n of {all} for this patient</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep %n of {all} for {patient}</source>
      <translation>
        <numerusform>Keep %n of {all} for {patient}</numerusform>
        <numerusform>Keep %n of {all} for {patient}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep %n photo(s) for {name}, born {date}, to be sent later</source>
      <translation>
        <numerusform>Keep %n photo for {name}, born {date}, to be sent later</numerusform>
        <numerusform>Keep %n photos for {name}, born {date}, to be sent later</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Keep %n photo(s) for {name}, to be sent later</source>
      <translation>
        <numerusform>Keep %n photo for {name}, to be sent later</numerusform>
        <numerusform>Keep %n photos for {name}, to be sent later</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Saving %n photo(s) on this PC…</source>
      <translation>
        <numerusform>Saving %n photo on this PC…</numerusform>
        <numerusform>Saving %n photos on this PC…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Saving. %n left. Keep this open.</source>
      <translation>
        <numerusform>Saving. %n left. Keep this open.</numerusform>
        <numerusform>Saving. %n left. Keep this open.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n photo(s) to {name}</source>
      <translation>
        <numerusform>Send %n photo to {name}</numerusform>
        <numerusform>Send %n photos to {name}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n photo(s) to {name}, born {date}</source>
      <translation>
        <numerusform>Send %n photo to {name}, born {date}</numerusform>
        <numerusform>Send %n photos to {name}, born {date}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n to this patient</source>
      <translation>
        <numerusform>Send %n to this patient</numerusform>
        <numerusform>Send %n to this patient</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n to this patient, {born}</source>
      <translation>
        <numerusform>Send %n to this patient, {born}</numerusform>
        <numerusform>Send %n to this patient, {born}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n to {patient}</source>
      <translation>
        <numerusform>Send %n to {patient}</numerusform>
        <numerusform>Send %n to {patient}</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>ClosedOutbox</name>
    <message numerus="yes">
      <source>%n photo(s) (is|are) waiting on this PC.</source>
      <translation>
        <numerusform>%n photo is waiting on this PC.</numerusform>
        <numerusform>%n photos are waiting on this PC.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) can’t be opened with this account. The files are kept.</source>
      <translation>
        <numerusform>%n photo can’t be opened with this account. The files are kept.</numerusform>
        <numerusform>%n photos can’t be opened with this account. The files are kept.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) from an earlier sign-in (is|are) waiting on this PC.</source>
      <translation>
        <numerusform>%n photo from an earlier sign-in is waiting on this PC.</numerusform>
        <numerusform>%n photos from an earlier sign-in are waiting on this PC.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Closing</name>
    <message numerus="yes">
      <source>%n photo(s) (is|are) not sent yet.</source>
      <translation>
        <numerusform>%n photo is not sent yet.</numerusform>
        <numerusform>%n photos are not sent yet.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The practice clinic starts anew each time, so (it isn’t|they aren’t) kept. All its patients are fictional.</source>
      <translation>
        <numerusform>The practice clinic starts anew each time, so it isn’t kept. All its patients are fictional.</numerusform>
        <numerusform>The practice clinic starts anew each time, so they aren’t kept. All its patients are fictional.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Unsent photos are safe on this PC. %n need(s|) attention first: see Needs attention in Uploads.</source>
      <translation>
        <numerusform>Unsent photos are safe on this PC. %n needs attention first: see Needs attention in Uploads.</numerusform>
        <numerusform>Unsent photos are safe on this PC. %n need attention first: see Needs attention in Uploads.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Connection</name>
    <message numerus="yes">
      <source>%n photo(s) (is|are) saved and encrypted on this PC and will be sent automatically when the connection returns.</source>
      <translation>
        <numerusform>%n photo is saved and encrypted on this PC and will be sent automatically when the connection returns.</numerusform>
        <numerusform>%n photos are saved and encrypted on this PC and will be sent automatically when the connection returns.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) (needs|need) you: see Needs attention in Uploads.</source>
      <translation>
        <numerusform>%n photo needs you: see Needs attention in Uploads.</numerusform>
        <numerusform>%n photos need you: see Needs attention in Uploads.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>It asked this PC to wait. What is missing will load automatically. %n photo(s) (is|are) saved and encrypted on this PC and will be sent then.</source>
      <translation>
        <numerusform>It asked this PC to wait. What is missing will load automatically. %n photo is saved and encrypted on this PC and will be sent then.</numerusform>
        <numerusform>It asked this PC to wait. What is missing will load automatically. %n photos are saved and encrypted on this PC and will be sent then.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>This PC’s clock is %n day(s) ahead of Cerbo’s.</source>
      <translation>
        <numerusform>This PC’s clock is %n day ahead of Cerbo’s.</numerusform>
        <numerusform>This PC’s clock is %n days ahead of Cerbo’s.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>This PC’s clock is %n day(s) behind Cerbo’s.</source>
      <translation>
        <numerusform>This PC’s clock is %n day behind Cerbo’s.</numerusform>
        <numerusform>This PC’s clock is %n days behind Cerbo’s.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>This PC’s clock is %n hour(s) ahead of Cerbo’s.</source>
      <translation>
        <numerusform>This PC’s clock is %n hour ahead of Cerbo’s.</numerusform>
        <numerusform>This PC’s clock is %n hours ahead of Cerbo’s.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>This PC’s clock is %n hour(s) behind Cerbo’s.</source>
      <translation>
        <numerusform>This PC’s clock is %n hour behind Cerbo’s.</numerusform>
        <numerusform>This PC’s clock is %n hours behind Cerbo’s.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>This PC’s clock is %n minute(s) ahead of Cerbo’s.</source>
      <translation>
        <numerusform>This PC’s clock is %n minute ahead of Cerbo’s.</numerusform>
        <numerusform>This PC’s clock is %n minutes ahead of Cerbo’s.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>This PC’s clock is %n minute(s) behind Cerbo’s.</source>
      <translation>
        <numerusform>This PC’s clock is %n minute behind Cerbo’s.</numerusform>
        <numerusform>This PC’s clock is %n minutes behind Cerbo’s.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>EarlierSignIn</name>
    <message numerus="yes">
      <source>%n photo(s) (is|are) not known to be of this practice; (it stays|they stay) on this PC and can’t be shown here.</source>
      <translation>
        <numerusform>%n photo is not known to be of this practice; it stays on this PC and can’t be shown here.</numerusform>
        <numerusform>%n photos are not known to be of this practice; they stay on this PC and can’t be shown here.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) (wasn’t|weren’t) sent: the patient’s record has changed or could not be checked. (It stays|They stay) on this PC.</source>
      <translation>
        <numerusform>%n photo wasn’t sent: the patient’s record has changed or could not be checked. It stays on this PC.</numerusform>
        <numerusform>%n photos weren’t sent: the patient’s record has changed or could not be checked. They stay on this PC.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) can be sent from here.</source>
      <translation>
        <numerusform>%n photo can be sent from here.</numerusform>
        <numerusform>%n photos can be sent from here.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) can be taken over from here.</source>
      <translation>
        <numerusform>%n photo can be taken over from here.</numerusform>
        <numerusform>%n photos can be taken over from here.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n photo(s) from here</source>
      <translation>
        <numerusform>Send %n photo from here</numerusform>
        <numerusform>Send %n photos from here</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Take over %n photo(s) from here</source>
      <translation>
        <numerusform>Take over %n photo from here</numerusform>
        <numerusform>Take over %n photos from here</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>EmptyAlbum</name>
    <message numerus="yes">
      <source>(A photo is|%n photos are) kept on this PC</source>
      <translation>
        <numerusform>A photo is kept on this PC</numerusform>
        <numerusform>%n photos are kept on this PC</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>(A photo is|%n photos are) on (its|their) way</source>
      <translation>
        <numerusform>A photo is on its way</numerusform>
        <numerusform>%n photos are on their way</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>(A photo is|%n photos are) waiting for you</source>
      <translation>
        <numerusform>A photo is waiting for you</numerusform>
        <numerusform>%n photos are waiting for you</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>(It is|They are) not in the chart yet and (is|are) waiting for your decision in Uploads.</source>
      <translation>
        <numerusform>It is not in the chart yet and is waiting for your decision in Uploads.</numerusform>
        <numerusform>They are not in the chart yet and are waiting for your decision in Uploads.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>(It is|They are) sent automatically when Cerbo can be reached again, and (may|one may) be the ID photo already.</source>
      <translation>
        <numerusform>It is sent automatically when Cerbo can be reached again, and may be the ID photo already.</numerusform>
        <numerusform>They are sent automatically when Cerbo can be reached again, and one may be the ID photo already.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>(It shows|They show) here after staff accept (it|them) in Cerbo, and (may|one may) be the ID photo already.</source>
      <translation>
        <numerusform>It shows here after staff accept it in Cerbo, and may be the ID photo already.</numerusform>
        <numerusform>They show here after staff accept them in Cerbo, and one may be the ID photo already.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Leaving</name>
    <message numerus="yes">
      <source>%n (is|are) already safe on this PC.</source>
      <translation>
        <numerusform>%n is already safe on this PC.</numerusform>
        <numerusform>%n are already safe on this PC.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n file(s) (is|are) for {patient}.</source>
      <translation>
        <numerusform>%n file is for {patient}.</numerusform>
        <numerusform>%n files are for {patient}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) (is|are) for {patient}.</source>
      <translation>
        <numerusform>%n photo is for {patient}.</numerusform>
        <numerusform>%n photos are for {patient}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Discard %n</source>
      <translation>
        <numerusform>Discard %n</numerusform>
        <numerusform>Discard %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Discard (it|all %n)?</source>
      <translation>
        <numerusform>Discard it?</numerusform>
        <numerusform>Discard all %n?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Discard all %n</source>
      <translation>
        <numerusform>Discard all %n</numerusform>
        <numerusform>Discard all %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Discard the other (photo|%n)?</source>
      <translation>
        <numerusform>Discard the other photo?</numerusform>
        <numerusform>Discard the other %n?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n</source>
      <translation>
        <numerusform>Send %n</numerusform>
        <numerusform>Send %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n of {held}</source>
      <translation>
        <numerusform>Send %n of {held}</numerusform>
        <numerusform>Send %n of {held}</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>LongWait</name>
    <message numerus="yes">
      <source>%n more patient(s)</source>
      <comment>inside a sentence: after names</comment>
      <translation>
        <numerusform>%n more patient</numerusform>
        <numerusform>%n more patients</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n patient(s)</source>
      <comment>inside a sentence: in place of names</comment>
      <translation>
        <numerusform>%n patient</numerusform>
        <numerusform>%n patients</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) (has|have) been waiting in Cerbo since {day}. Of {names}. Safe in Cerbo, but not in the chart yet. Ask staff to accept (it|them) in Cerbo’s portal queue.</source>
      <translation>
        <numerusform>%n photo has been waiting in Cerbo since {day}. Of {names}. Safe in Cerbo, but not in the chart yet. Ask staff to accept it in Cerbo’s portal queue.</numerusform>
        <numerusform>%n photos have been waiting in Cerbo since {day}. Of {names}. Safe in Cerbo, but not in the chart yet. Ask staff to accept them in Cerbo’s portal queue.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s) waiting since {day}</source>
      <translation>
        <numerusform>%n photo waiting since {day}</numerusform>
        <numerusform>%n photos waiting since {day}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Safe in Cerbo. Ask staff to accept (it|them): {names}.</source>
      <translation>
        <numerusform>Safe in Cerbo. Ask staff to accept it: {names}.</numerusform>
        <numerusform>Safe in Cerbo. Ask staff to accept them: {names}.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Originals</name>
    <message numerus="yes">
      <source>%n offer(s) to delete originals</source>
      <translation>
        <numerusform>%n offer to delete originals</numerusform>
        <numerusform>%n offers to delete originals</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n original(s) (is|are) still in {folder}</source>
      <translation>
        <numerusform>%n original is still in {folder}</numerusform>
        <numerusform>%n originals are still in {folder}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n original(s) (is|are) still on this PC</source>
      <translation>
        <numerusform>%n original is still on this PC</numerusform>
        <numerusform>%n originals are still on this PC</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n original(s) (was|were) not deleted</source>
      <translation>
        <numerusform>%n original was not deleted</numerusform>
        <numerusform>%n originals were not deleted</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>All %n reached Cerbo’s queue for {patient}. Delete the files on this PC?</source>
      <translation>
        <numerusform>All %n reached Cerbo’s queue for {patient}. Delete the files on this PC?</numerusform>
        <numerusform>All %n reached Cerbo’s queue for {patient}. Delete the files on this PC?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Delete %n</source>
      <translation>
        <numerusform>Delete %n</numerusform>
        <numerusform>Delete %n</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>and %n more</numerusform>
        <numerusform>and %n more</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Patients</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <comment>age</comment>
      <translation>
        <numerusform>%n day</numerusform>
        <numerusform>%n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n month(s)</source>
      <comment>age</comment>
      <translation>
        <numerusform>%n month</numerusform>
        <numerusform>%n months</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n year(s)</source>
      <comment>age</comment>
      <translation>
        <numerusform>%n year</numerusform>
        <numerusform>%n years</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Policy</name>
    <message numerus="yes">
      <source>Unknown policy settings {names} and %n more are ignored.</source>
      <translation>
        <numerusform>Unknown policy settings {names} and %n more are ignored.</numerusform>
        <numerusform>Unknown policy settings {names} and %n more are ignored.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Practice</name>
    <message numerus="yes">
      <source>Staff accepted %n photo(s).</source>
      <translation>
        <numerusform>Staff accepted %n photo.</numerusform>
        <numerusform>Staff accepted %n photos.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Removal</name>
    <message numerus="yes">
      <source>%n photo(s) (is|are) not sent yet</source>
      <translation>
        <numerusform>%n photo is not sent yet</numerusform>
        <numerusform>%n photos are not sent yet</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n unsent photo(s) of the practice clinic (goes|go) too: its patients are fictional.</source>
      <translation>
        <numerusform>%n unsent photo of the practice clinic goes too: its patients are fictional.</numerusform>
        <numerusform>%n unsent photos of the practice clinic go too: its patients are fictional.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Permanently delete %n unsent photo(s)?</source>
      <translation>
        <numerusform>Permanently delete %n unsent photo?</numerusform>
        <numerusform>Permanently delete %n unsent photos?</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Permanently delete (this photo|these %n photos)</source>
      <translation>
        <numerusform>Permanently delete this photo</numerusform>
        <numerusform>Permanently delete these %n photos</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Search</name>
    <message numerus="yes">
      <source>%n (entry|entries) of Cerbo’s answer could not be read. If the patient is not here, look in Cerbo.</source>
      <translation>
        <numerusform>%n entry of Cerbo’s answer could not be read. If the patient is not here, look in Cerbo.</numerusform>
        <numerusform>%n entries of Cerbo’s answer could not be read. If the patient is not here, look in Cerbo.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n patient(s)</source>
      <translation>
        <numerusform>%n patient</numerusform>
        <numerusform>%n patients</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n people are named {name}</source>
      <translation>
        <numerusform>%n people are named {name}</numerusform>
        <numerusform>%n people are named {name}</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Settings</name>
    <message numerus="yes">
      <source>%n day(s)</source>
      <translation>
        <numerusform>%n day</numerusform>
        <numerusform>%n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Set to %n minute(s), but this version doesn’t lock automatically: lock the PC when you leave it.</source>
      <translation>
        <numerusform>Set to %n minute, but this version doesn’t lock automatically: lock the PC when you leave it.</numerusform>
        <numerusform>Set to %n minutes, but this version doesn’t lock automatically: lock the PC when you leave it.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>SetupChecks</name>
    <message numerus="yes">
      <source>%n check(s) failed. You can continue now and fix (it|them) later.</source>
      <translation>
        <numerusform>%n check failed. You can continue now and fix it later.</numerusform>
        <numerusform>%n checks failed. You can continue now and fix them later.</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Today</name>
    <message numerus="yes">
      <source>%n earlier today</source>
      <translation>
        <numerusform>%n earlier today</numerusform>
        <numerusform>%n earlier today</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n earlier today, collapsed</source>
      <translation>
        <numerusform>%n earlier today, collapsed</numerusform>
        <numerusform>%n earlier today, collapsed</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n earlier today, expanded</source>
      <translation>
        <numerusform>%n earlier today, expanded</numerusform>
        <numerusform>%n earlier today, expanded</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n not read</source>
      <translation>
        <numerusform>%n not read</numerusform>
        <numerusform>%n not read</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n visit(s) could not be read</source>
      <translation>
        <numerusform>%n visit could not be read</numerusform>
        <numerusform>%n visits could not be read</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Coming up, %n visit(s)</source>
      <translation>
        <numerusform>Coming up, %n visit</numerusform>
        <numerusform>Coming up, %n visits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Here now, %n visit(s)</source>
      <translation>
        <numerusform>Here now, %n visit</numerusform>
        <numerusform>Here now, %n visits</numerusform>
      </translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message numerus="yes">
      <source>%n (is|are) waiting for staff in Cerbo’s queue.</source>
      <translation>
        <numerusform>%n is waiting for staff in Cerbo’s queue.</numerusform>
        <numerusform>%n are waiting for staff in Cerbo’s queue.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n in the chart.</source>
      <translation>
        <numerusform>%n in the chart.</numerusform>
        <numerusform>%n in the chart.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n more photo(s)</source>
      <translation>
        <numerusform>%n more photo</numerusform>
        <numerusform>%n more photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n need(s|) attention</source>
      <translation>
        <numerusform>%n needs attention</numerusform>
        <numerusform>%n need attention</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n on the way to the chart</source>
      <translation>
        <numerusform>%n on the way to the chart</numerusform>
        <numerusform>%n on the way to the chart</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n photo(s)</source>
      <translation>
        <numerusform>%n photo</numerusform>
        <numerusform>%n photos</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Of %n patient(s)</source>
      <translation>
        <numerusform>Of %n patient</numerusform>
        <numerusform>Of %n patients</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Show %n photo(s) one by one</source>
      <translation>
        <numerusform>Show %n photo one by one</numerusform>
        <numerusform>Show %n photos one by one</numerusform>
      </translation>
    </message>
  </context>
</TS>
